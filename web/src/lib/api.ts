// The client of /api/v1. Shapes come from the OpenAPI document (schema.d.ts).
import type { components } from "./schema";

export type Schemas = components["schemas"];

/** An answer of the API that is not a success, as RFC 9457 writes it. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

const tokenKey = "chancery-token";

/** Keeps the token for this tab; the server asks for one unless it listens on loopback only. */
export function setToken(token: string) {
  sessionStorage.setItem(tokenKey, token);
}

export const tokenIsSet = () => sessionStorage.getItem(tokenKey) !== null;

async function call<T>(method: string, path: string, body?: unknown, type?: string): Promise<T> {
  const headers: Record<string, string> = { Accept: "application/json" };
  const token = sessionStorage.getItem(tokenKey);
  if (token) headers.Authorization = "Bearer " + token;
  let payload: BodyInit | undefined;
  if (body instanceof Blob || typeof body === "string") {
    payload = body;
    headers["Content-Type"] = type ?? "application/octet-stream";
  } else if (body !== undefined) {
    payload = JSON.stringify(body);
    headers["Content-Type"] = "application/json";
  }
  let answer: Response;
  try {
    answer = await fetch("/api/v1" + path, { method, headers, body: payload });
  } catch {
    throw new Problem(0, "The server does not answer. Is chancery serve still running?");
  }
  if (answer.status === 204) return undefined as T;
  const text = await answer.text();
  const json = text ? JSON.parse(text) : undefined;
  if (!answer.ok) {
    if (answer.status === 401) dispatchEvent(new Event("token-wanted"));
    const detail = json?.errors?.map((e: { message: string }) => e.message).join("; ");
    throw new Problem(answer.status, [json?.detail ?? answer.statusText, detail].filter(Boolean).join(": "));
  }
  return json as T;
}

/** Fetches a file that the API writes, as a brief, with the token that a link could not carry. */
export async function file(path: string): Promise<Blob> {
  const token = sessionStorage.getItem(tokenKey);
  const answer = await fetch("/api/v1" + path, { headers: token ? { Authorization: "Bearer " + token } : {} });
  if (!answer.ok) throw new Problem(answer.status, (await answer.json().catch(() => ({})))?.detail ?? answer.statusText);
  return answer.blob();
}

export const get = <T>(path: string) => call<T>("GET", path);
export const post = <T>(path: string, body?: unknown, type?: string) => call<T>("POST", path, body, type);

/** Writes parameters as a query string, leaving out what is empty. */
export function query(values: Record<string, string | number | boolean | undefined | null>): string {
  const q = new URLSearchParams();
  for (const [k, v] of Object.entries(values)) if (v !== undefined && v !== null && v !== "") q.set(k, String(v));
  const s = q.toString();
  return s ? "?" + s : "";
}
