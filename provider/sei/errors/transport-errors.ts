import { type Call, callText, SeiError, saidText, sentences } from "./sei-error.js";

/** No connection: refused, no such host, no trust. Nothing was received. */
export class UnreachableError extends SeiError {
  /** The system's name for it: ECONNREFUSED, ENOTFOUND, CERT_HAS_EXPIRED ... */
  readonly code: string;
  constructor(call: Call, endpoint: string, code: string) {
    super(`${callText(call)}: cannot reach ${endpoint} (${code}). ${whatToCheck(code)}`, { call });
    this.code = code;
  }
}

function whatToCheck(code: string): string {
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") return "The name of the host does not resolve: check the endpoint.";
  if (code === "ECONNREFUSED") return "Nothing listens there: check the host and the port, and that the server runs.";
  if (code === "EPROTO" || code.startsWith("ERR_SSL_")) return "No TLS is spoken there: check the host and the port.";
  if (/CERT|TLS|SSL|ISSUER|SIGNATURE|ALTNAME/.test(code)) {
    return "The certificate is not trusted: if your company has its own authority, name it in NODE_EXTRA_CA_CERTS.";
  }
  return "Check the network, HTTPS_PROXY and NO_PROXY.";
}

/** The connection broke while an answer was due. */
export class ConnectionLostError extends SeiError {
  readonly code: string;
  constructor(call: Call, code: string) {
    super(`${callText(call)}: the connection broke before the whole answer was here (${code}). Run it again.`, {
      call,
    });
    this.code = code;
  }
}

/** No whole answer within the time of one request. */
export class TimeoutError extends SeiError {
  constructor(call: Call, timeoutMs: number) {
    super(
      `${callText(call)}: no whole answer within ${timeoutMs / 1000} s. The API or a proxy is slow: run it again, or allow more time.`,
      { call },
    );
  }
}

/** The caller's AbortSignal fired. */
export class CancelledError extends SeiError {
  constructor(call: Call) {
    super(`${callText(call)}: cancelled.`, { call });
  }
}

/** 5xx from the API, after every retry that is allowed. */
export class ServerError extends SeiError {
  constructor(call: Call, status: number, said: string) {
    super(sentences(`${callText(call)} answered ${status}: the API failed.`, saidText(said), "Run it again later."), {
      call,
      status,
    });
  }
}

/** HTML where the API's answer should be: a gateway, a firewall, a login page, or the wrong endpoint. */
export class GatewayError extends SeiError {
  constructor(call: Call, status: number, title: string) {
    super(
      sentences(
        `${callText(call)} answered ${status} with an HTML page${title === "" ? "" : ` ("${title}")`}, not with the API's answer.`,
        "A gateway, a proxy or a login page stands in between, or the endpoint is not the API's.",
      ),
      { call, status },
    );
  }
}

/** A redirect that is not followed, because it leads away from the endpoint and the key must not go there. */
export class RedirectedError extends SeiError {
  constructor(call: Call, status: number, to: string) {
    super(
      `${callText(call)} answered ${status}, a redirect to ${to}. It is not followed, because the key goes to no other place: if that is the API, make it the endpoint.`,
      { call, status },
    );
  }
}

/** A 2xx whose body is cut off, or of a shape that nothing here recognises. */
export class UnreadableAnswerError extends SeiError {
  constructor(call: Call, status: number, problem: string, shape = "") {
    super(
      sentences(
        `${callText(call)} answered ${status}, but ${problem}.`,
        shape === "" ? "" : `Shape of the answer: ${shape}.`,
        shape === "" ? "" : "Please report this shape; it holds no values.",
      ),
      { call, status },
    );
  }
}

/**
 * A write of which nobody knows whether it was done: it was sent, and no answer says. Read, and send it again only if
 * it was not done. `cause` is the failure.
 */
export class UncertainWriteError extends SeiError {
  override readonly cause: SeiError;
  constructor(call: Call, cause: SeiError) {
    super(`${callText(call)} may or may not have been done: it was sent, and no usable answer came. ${cause.message}`, {
      call,
      status: cause.status,
      cause,
    });
    this.cause = cause;
  }
}
