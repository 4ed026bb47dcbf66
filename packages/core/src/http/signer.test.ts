import { canonicalQuery, canonicalRequest, encode, formatSdkDate, sign, stringToSign } from "./signer.ts";

// Vectors published with the vendor's own signers.
const key = { accessKey: "QTWAOYTTINDUT2QVKYUC", secretKey: "MFyfvK41ba2giqM7Uio6PznpdUKGpownRZlmVmHc" };
const date = new Date("2019-11-15T03:36:55Z");

describe("a VPC listing", () => {
  const request = {
    method: "GET",
    path: "/v1/77b6a44cba5143ab91d13ab9a8ff44fd/vpcs",
    query: canonicalQuery([
      ["marker", "13551d6b-755d-4757-b956-536f674975c0"],
      ["limit", "2"],
    ]),
    headers: { "content-type": "application/json", host: "service.region.example.com" },
  };
  const signable = { ...request, headers: { ...request.headers, "x-sdk-date": "20191115T033655Z" } };

  test("has the canonical request of the documents", () => {
    expect(canonicalRequest(signable)).toBe(
      [
        "GET",
        "/v1/77b6a44cba5143ab91d13ab9a8ff44fd/vpcs/",
        "limit=2&marker=13551d6b-755d-4757-b956-536f674975c0",
        "content-type:application/json",
        "host:service.region.example.com",
        "x-sdk-date:20191115T033655Z",
        "",
        "content-type;host;x-sdk-date",
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
      ].join("\n"),
    );
  });

  test("has the string to sign of the documents", () => {
    expect(stringToSign(canonicalRequest(signable), "20191115T033655Z")).toBe(
      "SDK-HMAC-SHA256\n20191115T033655Z\nb25362e603ee30f4f25e7858e8a7160fd36e803bb2dfe206278659d71a9bcd7a",
    );
  });

  test("has the authorization of the documents", () => {
    expect(sign(request, key, date)).toEqual({
      "x-sdk-date": "20191115T033655Z",
      authorization:
        "SDK-HMAC-SHA256 Access=QTWAOYTTINDUT2QVKYUC, SignedHeaders=content-type;host;x-sdk-date, Signature=7be6668032f70418fcc22abc52071e57aff61b84a1d2381bb430d6870f4f6ebe",
    });
  });
});

test("a DDS listing is signed as the official Python SDK signs it", () => {
  const headers = {
    "content-type": "application/json",
    host: "dds.eu-de.otc.t-systems.com",
    "x-project-id": "p",
  };
  const query = canonicalQuery([
    ["start_time", "2020-12-06T09:00:00+0800"],
    ["end_time", "2020-12-10T18:00:15+0800"],
    ["offset", "0"],
    ["limit", "100"],
  ]);
  expect(query).toBe(
    "end_time=2020-12-10T18%3A00%3A15%2B0800&limit=100&offset=0&start_time=2020-12-06T09%3A00%3A00%2B0800",
  );
  const { authorization } = sign(
    { method: "GET", path: "/v3/p/instances/i/auditlog", query, headers },
    key,
    date,
  );
  expect(authorization).toContain("SignedHeaders=content-type;host;x-project-id;x-sdk-date");
  expect(authorization).toContain(
    "Signature=4ea9d29874a7daf3fb40f58fcf03d4e2bb4371443f1f86b5bb5c60c166fe62c5",
  );
});

test("every character that RFC 3986 reserves is escaped, the unreserved ones are not", () => {
  expect(encode("a b+c!'()*~-_.é\ud800")).toBe("a%20b%2Bc%21%27%28%29%2A~-_.%C3%A9%EF%BF%BD");
});

test("the path of the canonical request ends in one slash, whether the sent one does or not", () => {
  const line = (path: string) =>
    canonicalRequest({ method: "GET", path, query: "", headers: {} }).split("\n")[1];
  expect([line("/a"), line("/a/"), line("/"), line("/a%20b")]).toEqual(["/a/", "/a/", "/", "/a%20b/"]);
});

test("headers are signed in the order of their lower-case names, with their values trimmed", () => {
  const headers = { "X-B": "2", "x-a": "  1 2\t", Host: "h" };
  const lines = canonicalRequest({ method: "GET", path: "/", query: "", headers }).split("\n");
  expect(lines.slice(3, 8)).toEqual(["host:h", "x-a:1 2", "x-b:2", "", "host;x-a;x-b"]);
});

test("dates are written to the second", () => {
  expect(formatSdkDate(new Date("2026-01-02T03:04:05.678Z"))).toBe("20260102T030405Z");
});

test("what was signed before leaves no trace", () => {
  const request = { method: "GET", path: "/a", query: "", headers: { host: "h" } };
  const first = sign(request, key, date);
  expect(sign({ ...request, path: "/b" }, key, new Date(date.getTime() + 1000))).not.toEqual(first);
  expect(sign(request, key, date)).toEqual(first);
});
