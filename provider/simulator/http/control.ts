import { Hono } from "hono";
import type { Fault } from "../faults/fault.js";
import type { FaultSet } from "../faults/fault-set.js";
import { parseFaults } from "../faults/fault-spec.js";
import type { Bindings } from "./bindings.js";
import type { RequestLog } from "./request-log.js";

/**
 * `/_simulator`: what is about the simulator and no part of the API, outside its keys.
 *
 * `requests`: GET `{total, counts, requests}`, DELETE forgets them. `faults`: GET `{faults}`, POST adds (a specification as
 * text, or JSON: a fault or a list of them), DELETE clears.
 */
export function control(log: RequestLog, faults: FaultSet) {
  const app = new Hono<{ Bindings: Bindings }>();
  app.get("/requests", (call) => call.json({ total: log.total, counts: log.counts(), requests: log.all() }));
  app.delete("/requests", (call) => {
    log.reset();
    return call.body(null, 204);
  });
  app.get("/faults", (call) => call.json({ faults: faults.all() }));
  app.post("/faults", async (call) => {
    const text = await call.req.text();
    try {
      for (const fault of readFaults(text, call.req.header("content-type") ?? "")) faults.add(fault);
    } catch (error) {
      return call.text(error instanceof Error ? error.message : String(error), 400);
    }
    return call.json({ faults: faults.all() }, 201);
  });
  app.delete("/faults", (call) => {
    faults.clear();
    return call.body(null, 204);
  });
  return app;
}

function readFaults(text: string, type: string): readonly Fault[] {
  if (!type.startsWith("application/json")) return parseFaults(text);
  const body: Fault | readonly Fault[] | string = JSON.parse(text);
  if (typeof body === "string") return parseFaults(body);
  return "kind" in body ? [body] : body;
}
