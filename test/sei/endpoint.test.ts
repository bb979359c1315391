import { EndpointError, REGIONS, resolveEndpoint } from "../../provider/sei/endpoint.js";

test.each([
  [{ region: "prod1" }, REGIONS.prod1],
  [{ region: "prod2" }, "https://app.harness.io/gratis/sei/api"],
  [{ region: "eu", endpoint: " " }, REGIONS.eu],
  [{ endpoint: "https://app.harness.io/gateway/sei/api/" }, "https://app.harness.io/gateway/sei/api"],
  [{ endpoint: "https://sei.example.com//" }, "https://sei.example.com"],
  [{ endpoint: "http://127.0.0.1:8787" }, "http://127.0.0.1:8787"],
  [{ endpoint: "http://localhost:8787/sei/api" }, "http://localhost:8787/sei/api"],
  [{ endpoint: "http://[::1]:8787" }, "http://[::1]:8787"],
  [{ endpoint: "http://simulator:8787", allowInsecure: true }, "http://simulator:8787"],
])("%p is %s", (options, expected) => {
  expect(resolveEndpoint(options)).toBe(expected);
});

test.each<[Parameters<typeof resolveEndpoint>[0], RegExp]>([
  [{}, /prod1, prod2, eu/],
  [{ region: "mars" }, /no region "mars"/],
  [{ region: "eu", endpoint: "https://x.io" }, /Both/],
  [{ endpoint: "app.harness.io" }, /not a URL/],
  [{ endpoint: "ftp://x.io" }, /must start with https/],
  [{ endpoint: "https://x.io/api?key=1" }, /no \? and no #/],
  [{ endpoint: "http://simulator:8787" }, /unencrypted/],
  [{ endpoint: "http://127.0.0.1.evil.com" }, /unencrypted/],
])("%p is refused", (options, message) => {
  expect(() => resolveEndpoint(options)).toThrow(EndpointError);
  expect(() => resolveEndpoint(options)).toThrow(message);
});

test("a password in the URL is refused and not shown", () => {
  for (const endpoint of ["https://user:hunter2@x.io", "http://user:hunter2@x.io"]) {
    expect(() => resolveEndpoint({ endpoint })).toThrow(/user name or a password/);
    expect(() => resolveEndpoint({ endpoint })).not.toThrow(/hunter2/);
  }
});
