// Reads a small zip of a stranger. Nothing of it is ever written to a disk.
import { crc32, inflateRawSync } from "node:zlib";

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;

/**
 * Reads the named files of a zip. Others are not looked at.
 *
 * @param {Buffer} zip
 * @param {Readonly<Record<string, number>>} wanted name of a file, and how many bytes it may have
 * @returns {Map<string, Buffer>} those that are there
 * @throws {Error} when it is damaged, or a file is too large
 */
export function unzip(zip, wanted) {
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || end + 22 > zip.length || zip.readUInt32LE(end) !== END) throw new Error("the artifact is no zip");
  const files = new Map();
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    if (at + 46 > zip.length || zip.readUInt32LE(at) !== ENTRY) throw new Error("the artifact is a damaged zip");
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((offset) => zip.readUInt16LE(at + offset));
    const name = zip.toString("utf8", at + 46, at + 46 + Number(nameLength));
    const most = Object.hasOwn(wanted, name) ? wanted[name] : undefined;
    if (most !== undefined) {
      if (files.has(name)) throw new Error(`the artifact holds ${name} twice`);
      files.set(name, contentOf(zip, at, name, most));
    }
    at += 46 + Number(nameLength) + Number(extraLength) + Number(commentLength);
  }
  return files;
}

/**
 * @param {Buffer} zip
 * @param {number} entry
 * @param {string} name
 * @param {number} most
 */
function contentOf(zip, entry, name, most) {
  const [crc = 0, packed = 0, size = 0] = [16, 20, 24].map((offset) => zip.readUInt32LE(entry + offset));
  const [method, local] = [zip.readUInt16LE(entry + 10), zip.readUInt32LE(entry + 42)];
  if (size > most) throw new Error(`${name} of the artifact is larger than ${most} bytes`);
  if (local + 30 > zip.length || zip.readUInt32LE(local) !== LOCAL) throw new Error("the artifact is a damaged zip");
  const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
  const data = zip.subarray(start, start + packed);
  if (method !== 0 && method !== 8) throw new Error(`${name} of the artifact is packed in an unknown way`);
  // The size is what the zip claims; this is what comes out.
  const content = method === 0 ? data : inflateRawSync(data, { maxOutputLength: most });
  if (content.length !== size || crc32(content) !== crc) throw new Error(`${name} of the artifact is damaged`);
  return content;
}
