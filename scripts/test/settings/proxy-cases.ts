import { createRandom } from "./random.ts";

/** Variables, and the address that is asked for. */
export interface ProxyCase {
  readonly Http: string;
  readonly Https: string;
  readonly No: string;
  readonly Url: string;
}

const PROXIES = [
  "",
  "proxy.corp:3128",
  "127.0.0.1:3128",
  "http://proxy.corp",
  "https://proxy.corp:8443",
  "http://u:p%40@10.0.0.9:80",
];
const HOSTS = [
  "iam.eu-de.otc.t-systems.com",
  "dws.eu-de.otc.t-systems.com",
  "otc.t-systems.com",
  "t-systems.com",
  "xt-systems.com",
  "localhost",
  "127.0.0.1",
  "127.9.9.9",
  "[::1]",
  "10.1.2.3",
  "10.200.0.1",
  "192.168.1.9",
  "[2001:db8::7]",
  "[fe80::1]",
  "xn--bcher-kva.example",
];
const PORTS = ["", ":443", ":8443", ":80"];
const EXCEPTIONS = [
  "*",
  "",
  " ",
  "t-systems.com",
  ".t-systems.com",
  "*.t-systems.com",
  "T-Systems.com",
  "otc.t-systems.com:443",
  "otc.t-systems.com:8443",
  ".otc.t-systems.com:8443",
  "10.0.0.0/8",
  "10.1.2.3",
  "10.1.2.3:443",
  "10.1.2.0/24",
  "10.1.2.3/33",
  "192.168.1.9:8443",
  "2001:db8::/32",
  "2001:db8::7",
  "[2001:db8::7]",
  "[2001:db8::7]:443",
  "fe80::/10",
  "localhost",
  ":443",
  "otc.t-systems.com:",
  "bücher.example",
  "a b",
  "300.1.1.1",
  "*t-systems.com",
  "..t-systems.com",
];

/** `count` cases, the same for the same seed. */
export function proxyCases(count: number, seed: number): readonly ProxyCase[] {
  const { pick, integer } = createRandom(seed);
  return Array.from({ length: count }, () => ({
    Http: pick(PROXIES),
    Https: pick(PROXIES),
    No: Array.from({ length: integer(4) }, () => pick([" ", ""]) + pick(EXCEPTIONS) + pick(["", " "])).join(
      ",",
    ),
    Url: `${pick(["https", "https", "https", "http"])}://${pick(HOSTS)}${pick(PORTS)}`,
  }));
}
