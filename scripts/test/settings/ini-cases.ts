import { createRandom } from "./random.ts";

/** One INI file. */
export interface IniCase {
  readonly kind: "ini";
  readonly text: string;
}

const LINES = [
  "[basic]",
  "[prod.eu]",
  "[a b]",
  "[]",
  "[global] trailing",
  "[DEFAULT]",
  " [indented]",
  "ak = AK1",
  "AK: AK2",
  "sk=ab;cd",
  "sk = ab#cd",
  "sk = ab ; cd",
  "sk : %(ak)s 50%",
  'project_id = "quoted"',
  "iam_endpoint = https://iam.test:443/v3=x",
  "  continued",
  "\tcontinued too",
  "    ; a comment",
  "# a comment",
  "; another",
  "",
  "  ",
  "no value",
  "= no key",
  "region = ",
  "region=eu-de  ",
  "security_token = a\\nb",
  "key with spaces = v",
];

/** `count` files, the same for the same seed. */
export function iniCases(count: number, seed: number): readonly IniCase[] {
  const { pick, integer } = createRandom(seed);
  return Array.from({ length: count }, () => {
    const begin = integer(10) === 0 ? [] : [pick(LINES.slice(0, 3))];
    const lines = [...begin, ...Array.from({ length: 1 + integer(7) }, () => pick(LINES))];
    return { kind: "ini", text: lines.join(pick(["\n", "\r\n"])) + pick(["", "\n"]) };
  });
}
