import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** What a service says. */
export interface Conversation {
  /** What IAM issues, as a token or as a temporary key, unless it refuses. */
  readonly issued: string;
  /** The body with which a request to this path is refused. */
  readonly refusal: (path: string) => object;
  /** The id that answers have, if any. */
  readonly requestId?: string | undefined;
  /** Whether IAM itself refuses, or only the query. */
  readonly iamRefuses: boolean;
}

/** IAM, DWS and DDS that refuse every query, in words that they are told. */
export interface EchoingService {
  readonly url: string;
  say(conversation: Conversation): void;
  close(): Promise<void>;
}

export async function startEchoingService(): Promise<EchoingService> {
  let said: Conversation = { issued: "", refusal: () => ({}), iamRefuses: false };
  const server = createServer(({ url: path = "" }, response) => {
    const { issued, refusal, requestId, iamRefuses } = said;
    if (path.startsWith("/v3") && !iamRefuses) {
      response.writeHead(201, { "x-subject-token": issued }).end(issuedBody(issued));
      return;
    }
    if (requestId !== undefined)
      response.setHeader("x-request-id", Buffer.from(requestId, "utf8").toString("latin1"));
    response.writeHead(400).end(JSON.stringify(refusal(path)));
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    say: (conversation) => void (said = conversation),
    close: () => new Promise((closed) => server.close(() => closed())),
  };
}

function issuedBody(secret: string): string {
  const expires_at = "2099-01-01T00:00:00.000000Z";
  return JSON.stringify({
    token: { expires_at, project: { id: "p" } },
    credential: { access: "ak", secret, securitytoken: `${secret}-st`, expires_at },
  });
}
