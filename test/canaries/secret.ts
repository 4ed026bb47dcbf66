/** Characters that have another meaning where texts are escaped, split or quoted. */
export const SPECIALS = ["&", "'", '"', ",", ";", "%", " "] as const;

/** Said by every secret, whatever special characters it has. */
const MARK = "d41d8cd98f00";

/** A secret with a special character between, and at no end: a header would lose it there. */
export function secretWith(special: string): string {
  return `${MARK}${special}b204${special}${MARK}`;
}

/** What a text must not hold that is to be free of every {@link secretWith}: also what is left where only its ends were cut. */
export const TRACES = [MARK, Buffer.from(MARK).toString("base64").slice(0, 12)] as const;

const json = (text: string) => JSON.stringify(text).slice(1, -1);

/** How a service may write a secret. */
export const encodings: { readonly [name: string]: (secret: string) => string } = {
  plain: (secret) => secret,
  JSON: json,
  "JSON in JSON": (secret) => json(json(secret)),
  percent: encodeURIComponent,
  form: (secret) => new URLSearchParams({ s: secret }).toString().slice(2),
  base64: (secret) => Buffer.from(secret).toString("base64"),
  base64url: (secret) => Buffer.from(secret).toString("base64url"),
};

/** How a secret, written in one of them, stands in what a service says, and where. */
export const echoes: { readonly [name: string]: (secret: string) => object } = {
  message: (secret) => ({ error_code: "DWS.0001", error_msg: `The value ${secret} is refused.` }),
  header: (secret) => ({
    error_code: "APIGW.0301",
    error_msg: `X-Auth-Token ${secret}, Authorization: Bearer ${secret}`,
  }),
  list: (secret) => ({ error_code: "APIGW.0301", error_msg: `["x-security-token","${secret}"]` }),
  code: (secret) => ({ error_code: secret, error_msg: "The request is refused." }),
  externalMessage: (secret) => ({ errCode: "X.1", externalMessage: `{"password":"${secret}"}` }),
  nested: (secret) => ({ error: { code: 400, message: `secret=${secret}&x=1` } }),
};
