import { cloudOf, endpointOf, parseEndpoint, type ServiceName } from "./endpoints.ts";

test.each<[ServiceName, string, string]>([
  ["dws", "eu-de", "https://dws.eu-de.otc.t-systems.com"],
  ["iam", "eu-nl", "https://iam.eu-nl.otc.t-systems.com"],
  ["iam", "eu-ch2", "https://iam-pub.eu-ch2.sc.otc.t-systems.com"],
  ["dds", "eu-ch2", "https://dds.eu-ch2.sc.otc.t-systems.com"],
  ["dds", "eu-west-101", "https://dds.eu-west-101.myhuaweicloud.eu"],
  ["dws", "ap-southeast-1", "https://dws.ap-southeast-1.myhuaweicloud.com"],
  ["dws", "tr-west-1", "https://dws.tr-west-1.myhuaweicloud.cn"],
  ["dds", "tr-west-1", "https://dds.tr-west-1.myhuaweicloud.com"],
])("%s in %s is at %s", (service, region, endpoint) => {
  expect(endpointOf(service, region, cloudOf(region))).toBe(endpoint);
});

test.each([
  ["https://iam.eu-de.otc.t-systems.com/v3", "https://iam.eu-de.otc.t-systems.com"],
  ["https://iam.eu-de.otc.t-systems.com/v3/", "https://iam.eu-de.otc.t-systems.com"],
  ["https://iam.example.com:8443/", "https://iam.example.com:8443"],
  ["iam.example.com", "https://iam.example.com"],
  ["http://127.0.0.1:8080", "http://127.0.0.1:8080"],
  ["http://localhost:8080", "http://localhost:8080"],
  ["http://[::1]:8080", "http://[::1]:8080"],
])("%s is an endpoint", (value, origin) => {
  expect(parseEndpoint({ value, origin: "X" })).toBe(origin);
});

test.each([
  ["http://iam.example.com", /^X must use https/],
  ["http://127.0.0.1.example.com", /^X must use https/],
  ["ftp://iam.example.com", /^X must use https/],
  ["https://iam.example.com/v1.0", /^X must be scheme, host and port without a path/],
  ["https://iam.example.com?x=1", /^X must be scheme, host and port without a path/],
  // secretlint-disable-next-line
  ["https://user:pass@iam.example.com", /^X must not hold a user name or password/],
  ["http://", /^X must be a URL/],
  ["", /^X must be a URL/],
])("%s is none", (value, message) => {
  expect(() => parseEndpoint({ value, origin: "X" })).toThrow(message);
});
