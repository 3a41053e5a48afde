// The map of the world as the page draws it, made when the page is built: so the
// browser is spared the projection and is sent less.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { geoCentroid, geoNaturalEarth1, geoPath } from "d3-geo";
import type { Feature, FeatureCollection } from "geojson";
import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import type { Plugin } from "vite";
import { numeric } from "./src/lib/countries.ts";

const width = 4000; // of the drawing: a whole number is near enough for every screen

/** The same path, each ring begun at its place and then told from point to point: half as long. */
function told(d: string): string {
  let [x, y] = [0, 0];
  return d.replace(/([ML])(-?\d+),(-?\d+)/g, (all, op: string, px: string, py: string) => {
    const step = op === "M" ? all : `l${Number(px) - x},${Number(py) - y}`;
    [x, y] = [Number(px), Number(py)];
    return step;
  });
}

function drawn() {
  const file = createRequire(import.meta.url).resolve("world-atlas/countries-110m.json");
  const topology = JSON.parse(readFileSync(file, "utf8")) as Topology<{ countries: GeometryCollection }>;
  const all = feature(topology, topology.objects.countries) as FeatureCollection;
  const world = { ...all, features: all.features.filter((f) => f.id !== numeric.ATA) }; // nobody's
  const code = new Map(Object.entries(numeric).map(([alpha3, n]) => [n, alpha3]));
  const projection = geoNaturalEarth1().fitWidth(width, world);
  const path = geoPath(projection).digits(0);
  const states: Record<string, { d: string; at: [number, number] }> = {};
  let rest = "";
  for (const f of world.features as Feature[]) {
    const of = code.get(String(f.id)) ?? (f.properties?.name === "Kosovo" ? "XKX" : undefined); // it has no number
    const d = told(path(f) ?? "");
    if (of) states[of] = { d, at: projection(geoCentroid(f))!.map(Math.round) as [number, number] };
    else rest += d;
  }
  return { width, height: Math.ceil(path.bounds(world)[1][1]), states, rest };
}

const name = "virtual:world";

export const world = (): Plugin => ({
  name: "world",
  resolveId: (id) => (id === name ? "\0" + name : undefined),
  load: (id) => (id === "\0" + name ? "export default " + JSON.stringify(drawn()) : undefined),
});
