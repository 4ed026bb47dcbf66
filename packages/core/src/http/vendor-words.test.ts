import { parseVendorError, statedError } from "./vendor-words.ts";

test.each([
  ["error_code", '{"error_code":"DWS.3027","error_msg":"m"}'],
  ["errCode", '{"errCode":"DWS.3027","externalMessage":"m"}'],
  ["errorCode", '{"errorCode":"DWS.3027","errorMsg":"m"}'],
  ["code", '{"code":"DWS.3027","message":"m"}'],
  ["error", '{"error":{"code":"DWS.3027","message":"m"}}'],
  ["nested", '{"body":{"error_code":"DWS.3027","error_msg":"m"}}'],
  ["base64", Buffer.from('{"error_code":"DWS.3027","error_msg":"m"}').toString("base64")],
])("a body in the form %s is understood", (_, body) => {
  expect(parseVendorError(body)).toEqual({ code: "DWS.3027", message: "m" });
});

test("HTML is told by its title", () => {
  expect(parseVendorError("<html><head><title>502 Bad Gateway</title></head></html>")).toEqual({
    code: undefined,
    message: "502 Bad Gateway",
  });
});

const list = { records: [], count: 0 };

test.each<[string, object]>([
  ["error_code", { error_code: "DWS.5000" }],
  ["errCode", { errCode: "DWS.5000", externalMessage: "m" }],
  ["errorCode", { errorCode: 5000 }],
  ["a message alone", { error_msg: "The node is down." }],
  ["a list of errors", { errors: [{ code: "DWS.5000" }] }],
  ["an error in an object", { error: { code: "DWS.5000", message: "m" } }],
  ["an error as a text", { error: "down" }],
  ["an error one level deeper", { status: { error_code: "DWS.5000" } }],
  ["a code that is no number", { code: "DWS.5000" }],
])("an error beside a list is seen in the form %s", (_, error) => {
  expect(statedError({ ...list, ...error })).toBeDefined();
  expect(statedError({ ...error, ...list })).toBeDefined();
});

test.each<[string, object]>([
  ["none", {}],
  ["null", { error_code: null, error_msg: null, errors: null }],
  ["empty ones", { error_code: "", error_msg: "", errors: [], error: false }],
  ["zero, which stands for success", { errCode: "0", error_code: 0 }],
  ["a status", { code: 200, message: "OK" }],
  ["a status as a text", { code: "200", title: "Dumps" }],
  ["an error of a record", { records: [{ error_code: "DWS.5000" }], count: 1 }],
])("a list beside %s is an answer", (_, error) => {
  expect(statedError({ ...list, ...error })).toBeUndefined();
});
