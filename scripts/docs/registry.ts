import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { promisify } from "node:util";

const run = promisify(execFile);

/** A registry of our own packages on this machine. */
export interface Registry {
  readonly url: string;
  close(): void;
}

/** Serves packed packages, each as the only version there is. Other packages are not asked for here: npm has scopes. */
export async function openRegistry(packs: readonly string[]): Promise<Registry> {
  const packages = new Map<
    string,
    { readonly manifest: object; readonly version: string; readonly pack: Buffer }
  >();
  for (const file of packs) {
    const { stdout } = await run("tar", ["-xzOf", file, "package/package.json"]);
    const manifest = JSON.parse(stdout) as { readonly name: string; readonly version: string };
    packages.set(manifest.name, { manifest, version: manifest.version, pack: readFileSync(file) });
  }
  const server = createServer((request, response) => {
    const [, name = "", isPack] =
      /^\/(@[^/]+\/[^/]+)(\/-\/pack\.tgz)?$/.exec(decodeURIComponent(request.url ?? "")) ?? [];
    const found = packages.get(name);
    if (found === undefined) response.writeHead(404).end("{}");
    else if (isPack) response.end(found.pack);
    else {
      const { manifest, version, pack } = found;
      const integrity = `sha512-${createHash("sha512").update(pack).digest("base64")}`;
      const dist = { tarball: `${url()}/${name}/-/pack.tgz`, integrity };
      const document = {
        name,
        "dist-tags": { latest: version },
        versions: { [version]: { ...manifest, dist } },
      };
      // The next build has the same version and other contents.
      response.setHeader("cache-control", "no-store").end(JSON.stringify(document));
    }
  });
  const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: url(),
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
