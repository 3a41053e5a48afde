// The network of ties, laid out once, from fixed places, each camp on its side:
// the same answer stands in the same places.
import { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY, type SimulationNodeDatum } from "d3-force";
import type { Schemas } from "./api";

export interface Place { x: number; y: number; member: Schemas["Member"] }

interface Node extends SimulationNodeDatum { id: string; member: Schemas["Member"] }

/** The place of each member in a drawing of that size, by code. */
export function laidOut(members: Schemas["Member"][], ties: Schemas["Tie"][], width: number, height: number): Map<string, Place> {
  const side = (m: Schemas["Member"]) => (m.camp ? 0.72 : 0.28) * width;
  const nodes: Node[] = members.map((m, i) => ({ id: m.actor, member: m, x: side(m) + 60 * Math.cos(i * 2.4), y: height / 2 + 90 * Math.sin(i * 2.4) }));
  const links = ties.map((t) => ({ source: t.a, target: t.b, weight: t.weight }));
  forceSimulation(nodes)
    .force("charge", forceManyBody().strength(-260 * Math.min(1, width / 560)))
    .force("link", forceLink<Node, { source: string | Node; target: string | Node; weight: number }>(links).id((n) => n.id).distance((l) => (l.weight > 0 ? 0.16 : 0.36) * width).strength((l) => Math.min(1, Math.abs(l.weight)) * 0.3))
    .force("x", forceX<Node>((n) => side(n.member)).strength(0.18))
    .force("y", forceY(height / 2).strength(0.07))
    .force("collide", forceCollide(Math.min(30, Math.sqrt((width * height) / (5 * (nodes.length || 1))))))
    .stop()
    .tick(Math.min(300, Math.ceil(6000 / (nodes.length || 1)))); // a large network would take a second
  const within = (v: number, most: number, edge: number) => Math.max(edge, Math.min(most - edge, v));
  return new Map(nodes.map((n) => [n.id, { member: n.member, x: within(n.x!, width, 16), y: within(n.y!, height, 22) }]));
}
