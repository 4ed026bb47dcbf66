import { canonicalRequest, parseAuthorization, signatureOf, stringToSign } from "./signing.ts";

const secret = "MFyfvK41ba2giqM7Uio6PznpdUKGpownRZlmVmHc";
const date = "20191115T033655Z";
const emptyHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

describe("the vendor's golden vector", () => {
  const signed = ["content-type", "host", "x-sdk-date"];
  const canonical = canonicalRequest(
    {
      method: "GET",
      target: "/v1/77b6a44cba5143ab91d13ab9a8ff44fd/vpcs?limit=2&marker=13551d6b-755d-4757-b956-536f674975c0",
      headers: { "content-type": "application/json", host: "service.region.example.com", "x-sdk-date": date },
      body: "",
    },
    signed,
  );

  test("has this canonical request", () => {
    expect(canonical).toBe(
      [
        "GET",
        "/v1/77b6a44cba5143ab91d13ab9a8ff44fd/vpcs/",
        "limit=2&marker=13551d6b-755d-4757-b956-536f674975c0",
        "content-type:application/json",
        "host:service.region.example.com",
        `x-sdk-date:${date}`,
        "",
        "content-type;host;x-sdk-date",
        emptyHash,
      ].join("\n"),
    );
  });

  test("has this string to sign", () => {
    expect(stringToSign(canonical, date)).toBe(
      `SDK-HMAC-SHA256\n${date}\nb25362e603ee30f4f25e7858e8a7160fd36e803bb2dfe206278659d71a9bcd7a`,
    );
  });

  test("has this signature", () => {
    expect(signatureOf(secret, stringToSign(canonical, date))).toBe(
      "7be6668032f70418fcc22abc52071e57aff61b84a1d2381bb430d6870f4f6ebe",
    );
  });
});

test("a DDS request of the official Python client has the signature that client computes", () => {
  const query =
    "end_time=2020-12-10T18%3A00%3A15%2B0800&limit=100&offset=0&start_time=2020-12-06T09%3A00%3A00%2B0800";
  const canonical = canonicalRequest(
    {
      method: "GET",
      target: `/v3/p/instances/i/auditlog?${query}`,
      headers: {
        "content-type": "application/json",
        host: "dds.eu-de.otc.t-systems.com",
        "x-project-id": "p",
        "x-sdk-date": date,
      },
      body: "",
    },
    ["content-type", "host", "x-project-id", "x-sdk-date"],
  );
  expect(canonical.split("\n")[2]).toBe(query);
  expect(signatureOf(secret, stringToSign(canonical, date))).toBe(
    "4ea9d29874a7daf3fb40f58fcf03d4e2bb4371443f1f86b5bb5c60c166fe62c5",
  );
});

test("every reserved character is canonicalised as the official Python client does", () => {
  const sdkDate = "20261121T060619Z";
  const canonical = canonicalRequest(
    {
      method: "GET",
      target: "/v3/proj ects/a(b)!?empty=&limit=10&name=Z&name=a%20b%2Bc~%28x%29%2A%27%C3%A4%2F%26%3D%21",
      headers: {
        "content-type": "application/json",
        host: "iam.example.com",
        "x-domain-id": "d",
        "x-project-id": "p",
        "x-sdk-date": sdkDate,
      },
      body: "",
    },
    ["content-type", "host", "x-domain-id", "x-project-id", "x-sdk-date"],
  );
  expect(signatureOf(secret, stringToSign(canonical, sdkDate))).toBe(
    "8c3420b8241b9c98ebbb9c6b0be828b8611b923dcc18945ccc0c664bed4deb79",
  );
});

test("a body is signed as its bytes", () => {
  const sdkDate = "20261121T060619Z";
  const canonical = canonicalRequest(
    {
      method: "POST",
      target: "/v3.0/OS-CREDENTIAL/securitytokens",
      headers: {
        "content-type": "application/json",
        host: "iam.example.com",
        "x-sdk-date": sdkDate,
        "x-security-token": "t",
      },
      body: Buffer.from('{"auth":{"ä":1}}'),
    },
    ["content-type", "host", "x-sdk-date", "x-security-token"],
  );
  expect(signatureOf(secret, stringToSign(canonical, sdkDate))).toBe(
    "fcb63e5f9482805414cead4de7c9d640f1492a311578cd1dee6b5a1d5ea7556c",
  );
});

test("the query is sorted and encoded whatever way it was sent", () => {
  const lines = (target: string) =>
    canonicalRequest({ method: "get", target, headers: {}, body: "" }, []).split("\n").slice(0, 3);
  expect(lines("/a/?b=2&a=%7e%2f&b=1&c")).toEqual(["GET", "/a/", "a=~%2F&b=1&b=2&c="]);
  expect(lines("/a")).toEqual(["GET", "/a/", ""]);
  expect(lines("/%zz?a=%zz")).toEqual(["GET", "/%25zz/", "a=%25zz"]);
});

test("a raw plus is read in both ways", () => {
  const request = { method: "GET", target: "/a?t=1+2", headers: {}, body: "" };
  expect(canonicalRequest(request, []).split("\n")[2]).toBe("t=1%2B2");
  expect(canonicalRequest(request, [], "space").split("\n")[2]).toBe("t=1%202");
});

test("an Authorization header needs scheme, access key, signed headers and signature", () => {
  expect(parseAuthorization("SDK-HMAC-SHA256 Access=A, SignedHeaders=Host;x-sdk-date, Signature=0f")).toEqual(
    {
      access: "A",
      signedHeaders: ["host", "x-sdk-date"],
      signature: "0f",
    },
  );
  expect(parseAuthorization("SDK-HMAC-SHA256 Access=A,SignedHeaders=host,Signature=0f")).toBeDefined();
  expect(parseAuthorization("SDK-HMAC-SHA256 Access=A, Signature=0f")).toBeUndefined();
  expect(parseAuthorization("Bearer A")).toBeUndefined();
});
