import { handshakeLine, reattachVariable, readInvitation } from "./handshake.ts";

const cookie = { TF_PLUGIN_MAGIC_COOKIE: "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2" };

test("an environment without the engines' cookie is a person's", () => {
  expect(readInvitation({ PLUGIN_PROTOCOL_VERSIONS: "5,6" })).toEqual({ kind: "none" });
  expect(readInvitation({ TF_PLUGIN_MAGIC_COOKIE: "x", PLUGIN_PROTOCOL_VERSIONS: "6" })).toEqual({
    kind: "none",
  });
});

test("an engine that does not offer protocol 6 is told so", () => {
  expect(readInvitation({ ...cookie, PLUGIN_PROTOCOL_VERSIONS: "4,5" })).toEqual({
    kind: "unsupported",
    offered: "4,5",
  });
  expect(readInvitation(cookie)).toEqual({ kind: "unsupported", offered: "" });
});

test("an engine's wishes are read", () => {
  expect(readInvitation({ ...cookie, PLUGIN_PROTOCOL_VERSIONS: "5,6" })).toEqual({
    kind: "engine",
    clientCertificate: undefined,
    asksForMultiplexing: false,
  });
  const env = {
    ...cookie,
    PLUGIN_PROTOCOL_VERSIONS: "6",
    PLUGIN_CLIENT_CERT: "PEM",
    PLUGIN_MULTIPLEX_GRPC: "true",
  };
  expect(readInvitation(env)).toEqual({
    kind: "engine",
    clientCertificate: "PEM",
    asksForMultiplexing: true,
  });
});

test("the handshake is one line of fields, the certificate in base64 without padding", () => {
  expect(handshakeLine("/tmp/a/s", undefined, false)).toBe("1|6|unix|/tmp/a/s|grpc|\n");
  expect(handshakeLine("/tmp/a/s", Buffer.from("abcd"), false)).toBe("1|6|unix|/tmp/a/s|grpc|YWJjZA\n");
  expect(handshakeLine("/tmp/a/s", Buffer.from("abc"), true)).toBe("1|6|unix|/tmp/a/s|grpc|YWJj|false\n");
});

test("the reattach variable names the provider under every source", () => {
  const text = reattachVariable(["a/b/c", "d/b/c"], "/tmp/s", 7);
  const provider = {
    Protocol: "grpc",
    ProtocolVersion: 6,
    Pid: 7,
    Test: true,
    Addr: { Network: "unix", String: "/tmp/s" },
  };
  expect(JSON.parse(/^TF_REATTACH_PROVIDERS='(.*)'$/.exec(text)?.[1] ?? "")).toEqual({
    "a/b/c": provider,
    "d/b/c": provider,
  });
});
