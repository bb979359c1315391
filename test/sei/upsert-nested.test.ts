import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { connect } from "../../provider/sei/client";

const COLUMNS = ["Name", "Email", "Manager Email", "Role", "Team"];
const MAPPING = { name: "Name", email: "Email", managerEmail: "Manager Email", attributes: ["Role", "Team"] };

interface Row {
  displayName: string;
  email: string;
  managerEmail: string | null;
  attributes: Record<string, string>;
}

/** A server that lists records with an object of attributes, and takes upserts in that form alone. */
function serve(unknownKeys: "refused" | "ignored"): Promise<{ server: Server; rows: Map<string, Row>; url: string }> {
  const rows = new Map<string, Row>([
    [
      "ada@example.com",
      { displayName: "Ada", email: "ada@example.com", managerEmail: null, attributes: { Role: "CTO", Team: "X" } },
    ],
    [
      "bob@example.com",
      {
        displayName: "Bob",
        email: "bob@example.com",
        managerEmail: "ada@example.com",
        attributes: { Role: "Dev", Team: "X" },
      },
    ],
  ]);
  const known = ["displayName", "email", "managerEmail", "attributes"];
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const answer = (status: number, body: unknown) => {
      response.writeHead(status, { "content-type": "application/json" });
      response.end(JSON.stringify(body));
    };
    if (request.url?.endsWith("/schema")) {
      const types = ["NAME", "EMAIL", "MANAGER_EMAIL", "CUSTOM", "CUSTOM"];
      return answer(200, { fieldMappings: COLUMNS.map((columnName, at) => ({ columnName, fieldType: types[at] })) });
    }
    if (request.method === "GET") {
      if (request.headers.accept?.includes("csv")) {
        response.writeHead(200, { "content-type": "text/csv" });
        const lines = [...rows.values()].map((r) =>
          [r.displayName, r.email, r.managerEmail ?? "", r.attributes["Role"], r.attributes["Team"]].join(","),
        );
        return response.end([COLUMNS.join(","), ...lines, ""].join("\n"));
      }
      return answer(200, { content: [...rows.values()], totalElements: rows.size });
    }
    const records: Record<string, unknown>[] = JSON.parse(Buffer.concat(parts).toString());
    const stranger = records.flatMap((record) => Object.keys(record)).find((key) => !known.includes(key));
    if (stranger !== undefined && unknownKeys === "refused")
      return answer(400, { message: `Unrecognized field "${stranger}"` });
    const emails = records.map((record) => record["email"] ?? "");
    if (new Set(emails).size < emails.length) {
      const error = {
        errorType: "DUPLICATE_EMAIL",
        fieldName: "Email",
        errorDeveloperCount: 2,
        sampleErrorDevelopers: [{}, {}],
      };
      return answer(422, { status: "FAILURE", errors: [error] });
    }
    if (records.some((record) => !record["email"] || !record["displayName"])) {
      const error = {
        errorType: "REQUIRED_VALUE_MISSING",
        fieldName: "Email",
        errorDeveloperCount: 1,
        sampleErrorDevelopers: [{}],
      };
      return answer(422, { status: "FAILURE", errors: [error] });
    }
    for (const record of records)
      rows.set(String(record["email"]), { managerEmail: null, attributes: {}, ...record } as unknown as Row);
    return answer(200, {});
  });
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () =>
      resolve({ server, rows, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }),
    );
  });
}

test.each(["refused", "ignored"] as const)(
  "records with an object of attributes, unknown keys %s",
  async (unknownKeys) => {
    const { server, rows, url } = await serve(unknownKeys);
    const { reader, writer, close } = connect({ endpoint: url, apiKey: "k", rereadMs: [1, 1] });
    try {
      const { developers } = await reader.readRoster({ identities: false });
      const changed = [...developers.values()].map((one) => ({ ...one, attributes: { ...one.attributes, Team: "Y" } }));
      await writer.upsert(changed, MAPPING);
      expect([...rows.values()]).toMatchObject([
        { displayName: "Ada", attributes: { Role: "CTO", Team: "Y" } },
        { displayName: "Bob", managerEmail: "ada@example.com", attributes: { Role: "Dev", Team: "Y" } },
      ]);
    } finally {
      await close();
      server.closeAllConnections();
      server.close();
    }
  },
);
