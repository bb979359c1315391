import { HttpError, oneLine } from "../shared/request.mjs";

const MOST_BYTES = 1024 * 1024;

/**
 * The zip of an artifact of a run: the newest of that name.
 *
 * @param {import("./api.mjs").GitHub} api
 * @param {number} run
 * @param {string} name
 * @returns {Promise<Buffer | undefined>} undefined when there is none
 * @throws {Error} when it is larger than a MiB
 */
export async function downloadArtifact(api, run, name) {
  const { json } = await api.send(
    "GET",
    `/actions/runs/${run}/artifacts?per_page=100&name=${encodeURIComponent(name)}`,
  );
  /** @type {any[]} */
  const found = (json?.artifacts ?? []).filter(
    (/** @type {any} */ artifact) => artifact.name === name && artifact.expired !== true,
  );
  const newest = found.sort((a, b) => b.id - a.id)[0];
  if (newest === undefined) return undefined;
  if (!(newest.size_in_bytes <= MOST_BYTES)) throw new Error(`the artifact is larger than ${MOST_BYTES} bytes`);
  const { headers } = await api.send("GET", `/actions/artifacts/${Number(newest.id)}/zip`, { expect: [302] });
  const place = new URL(headers.get("location") ?? "", api.api);
  if (place.protocol !== "https:" && place.protocol !== new URL(api.api).protocol) {
    throw new Error("the artifact is at an address that is not HTTPS");
  }
  // Without the token: the address is a signed one of another host.
  const response = await fetch(place, { signal: AbortSignal.timeout(60_000) });
  if (!response.ok || response.body === null) {
    throw new HttpError(
      `the artifact cannot be loaded: ${response.status} ${oneLine(response.statusText)}`,
      response.status,
    );
  }
  const chunks = [];
  let size = 0;
  for await (const chunk of response.body) {
    size += chunk.length;
    if (size > MOST_BYTES) throw new Error(`the artifact is larger than ${MOST_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
