import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type ClientOptions, createClient, describeSettings } from "@auditgate/core";
import { proxiesOf } from "../../../packages/core/src/settings/proxy.ts";
import { DIFFERENCES } from "./compare.ts";

let home: string;
const began = process.cwd();

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "auditgate-differences-"));
  write("work/.keep", "");
  process.chdir(join(home, "work"));
});

afterEach(() => {
  process.chdir(began);
  rmSync(home, { recursive: true });
});

type Env = { readonly [name: string]: string };

function write(path: string, text: string): void {
  mkdirSync(dirname(join(home, path)), { recursive: true });
  writeFileSync(join(home, path), text);
}

async function used(env: Env, options: ClientOptions = {}): Promise<Env> {
  await using client = createClient({ ...options, env: { HOME: home, ...env } });
  return Object.fromEntries((await describeSettings(client)).map(({ name, value }) => [name, value]));
}

const clouds = (entry: string, path = "work/clouds.yaml") => write(path, `clouds:\n  otc: { ${entry} }\n`);
const user = "username: u, user_domain_name: d, project_name: p";
const cloud = { OS_CLOUD: "otc" };

/** What shows each difference, by the words that it begins with in the table. */
const shows: { readonly [beginning: string]: () => Promise<void> } = {
  "Scalars of YAML": async () => {
    clouds("region_name: eu-de, auth: { user_id: 0123, password: 1e10, project_id: 12345678901234567890 }");
    expect(await used(cloud)).toMatchObject({ userId: "0123", projectId: "12345678901234567890" });
  },
  "A file, profile or cloud": async () => {
    clouds(`auth: { ${user}, password: x }`);
    await expect(used({ OS_CLOUD: "gone" })).rejects.toThrow('OS_CLOUD asks for the profile "gone"');
  },
  "`verify` is": async () => {
    clouds(`auth: { ${user}, password: x }, verify: "False"`);
    await expect(used(cloud)).rejects.toThrow(/verify of cloud "otc" .* must be true or false/);
  },
  "`%(region_name)s`": async () => {
    clouds(
      `region_name: eu-de, auth: { ${user}, password: x, auth_url: "https://iam.%(region_name)s.test/v3" }`,
    );
    expect(await used(cloud)).toMatchObject({ authUrl: "https://iam.eu-de.test" });
  },
  "A region that": async () => {
    clouds(`regions: [eu-de], auth: { ${user}, password: x }`);
    expect(await used(cloud, { region: "eu-nl" })).toMatchObject({ region: "eu-nl", userName: "u" });
  },
  "`domain_id` and": async () => {
    clouds("region_name: eu-de, auth: { username: u, password: x, project_domain_name: d }");
    expect(await used(cloud)).toMatchObject({ userName: "u", projectDomainName: "d" });
  },
  "What a named cloud": async () => {
    clouds(`region_name: eu-de, auth: { ${user} }`);
    expect(await used({ ...cloud, OS_PASSWORD: "below" })).toMatchObject({ userName: "u", password: "set" });
  },
  "`OS_REGION_NAME`": async () => {
    clouds(`region_name: eu-de, auth: { username: u, user_domain_name: d, password: x }`);
    expect(await used({ OS_REGION_NAME: "eu-nl" })).toMatchObject({ userName: "u", region: "eu-nl" });
  },
  "A project is forgotten": async () => {
    clouds(`region_name: eu-de, auth: { ${user}, password: x }`);
    expect(await used(cloud, { region: "eu-nl" })).toMatchObject({ region: "eu-nl", projectName: "eu-nl" });
  },
  "A cloud that nobody named": async () => {
    clouds(`auth: { ${user}, password: x }`, ".config/openstack/secure.yaml");
    clouds("region_name: eu-de, verify: no, auth: { auth_url: 'https://evil.test' }");
    const settings = await used({});
    expect(settings).toMatchObject({ userName: "u", region: "eu-de" });
    expect(Object.keys(settings)).not.toEqual(expect.arrayContaining(["authUrl"]));
    expect(Object.keys(settings)).not.toEqual(expect.arrayContaining(["insecure"]));
  },
  "A list in `region_name`": async () => {
    write("work/clouds-public.yaml", "public-clouds: { own: { region_name: 'eu-de,eu-nl' } }\n");
    clouds(`profile: own, auth: { ${user}, password: x }`);
    expect(await used(cloud)).toMatchObject({ region: "eu-de" });
  },
  "A profile that is an address": async () => {
    clouds(`profile: "https://127.0.0.1:9", region_name: eu-de, auth: { ${user}, password: x }`);
    expect(await used(cloud)).toMatchObject({ userName: "u", region: "eu-de" });
  },
  "A byte order mark": async () => {
    write(".huaweicloud/credentials", "\ufeff[basic]\nak = AK\nsk = SK\nproject_id = p\n");
    expect(await used({})).toMatchObject({ projectId: "p", accessKey: "set, 2 characters" });
  },
  "A `%` in": async () => {
    write(".huaweicloud/credentials", "[basic]\nak = AK\nsk = %(ak)s%\nproject_id = p\n");
    expect(await used({})).toMatchObject({ secretKey: "set, 7 characters" });
  },
  "`ALL_PROXY`": async () => {
    const url = "https://iam.eu-de.otc.t-systems.com";
    expect(proxiesOf({ ALL_PROXY: "http://proxy.test:1" })(url)).toBeUndefined();
    expect(() => proxiesOf({ HTTPS_PROXY: "socks5://proxy.test:1" })(url)).toThrow(
      /^HTTPS_PROXY names a proxy/,
    );
    expect(proxiesOf({ HTTP_PROXY: "http://proxy.test:1" })("http://169.254.169.254")).toBeUndefined();
  },
};

test("every deliberate difference is shown by one test", () => {
  const shown = DIFFERENCES.map(({ what }) => Object.keys(shows).filter((each) => what.startsWith(each)));
  expect(shown.map((each) => each.length)).toEqual(DIFFERENCES.map(() => 1));
  expect(shown).toHaveLength(Object.keys(shows).length);
});

test.each(Object.keys(shows))("what differs from the references on purpose: %s …", async (beginning) => {
  await expect(shows[beginning]!()).resolves.toBeUndefined();
});
