import fc from "fast-check";
import { fieldsOf } from "../field.ts";
import { parseExactly } from "../http/json.ts";
import { ddsAuditLogs } from "../queries/dds-audit-logs.ts";
import { dwsAuditDumpRecords } from "../queries/dws-audit-dump-records.ts";
import { dwsParameterModificationRecords } from "../queries/dws-parameter-modification-records.ts";
import { encodeArgs, recordDecoder, RoundedError } from "./wire.ts";

test("arguments named in the path are labels, the others parameters in snake_case", () => {
  const { path, args } = dwsParameterModificationRecords;
  expect(encodeArgs(path, fieldsOf(args), { clusterId: "c", filterBy: "operator", actionTime: 5 })).toEqual({
    labels: { cluster_id: "c" },
    parameters: [
      ["action_time", "5"],
      ["filter_by", "operator"],
    ],
  });
});

test("the document's own dump is decoded, absent fields become null", () => {
  const decoder = recordDecoder(fieldsOf(dwsAuditDumpRecords.record));
  const row = {
    result: "RUNNING",
    cluster_id: "a07cb2f7",
    executor_time: "2022-10-31T09:11:31",
    bucket_name: "b",
  };
  expect(decoder.decode(row, 0)).toEqual({
    clusterId: "a07cb2f7",
    executorTime: "2022-10-31T09:11:31",
    beginTime: null,
    endTime: null,
    bucketName: "b",
    locationPrefix: null,
    result: "RUNNING",
    failedReason: null,
  });
});

test("the misspelt name of older services is understood", () => {
  const decoder = recordDecoder<{ executorTime: string }>(fieldsOf(dwsAuditDumpRecords.record));
  expect(decoder.decode({ exector_time: "t" }, 0).executorTime).toBe("t");
});

test("ids that come as integers are texts, to the last digit", () => {
  const decoder = recordDecoder<{ id: string }>(fieldsOf(dwsParameterModificationRecords.record));
  const { records } = parseExactly('{"records":[{"id":1},{"id":9007199254740993},{"id":"7"}]}') as {
    records: readonly unknown[];
  };
  expect(records.map((row, index) => decoder.decode(row, index).id)).toEqual(["1", "9007199254740993", "7"]);
});

test("numbers that cannot be given exactly are refused, those that can are not", () => {
  const decoder = recordDecoder<{ size: number }>(fieldsOf(ddsAuditLogs.record));
  const decode = (json: string) => decoder.decode(parseExactly(json), 3);
  expect(decode('{"size":9007199254740991}').size).toBe(9007199254740991);
  expect(decode('{"size":"24735174"}').size).toBe(24735174);
  for (const size of ["9007199254740993", "1e400", "1.5", "true", "[]", "{}", '"x"']) {
    expect(() => decode(`{"size":${size}}`)).toThrow(expect.objectContaining({ code: "ERR_RESPONSE" }));
  }
});

test("a number that JSON.parse may have rounded is told from one that is no number", () => {
  const decoder = recordDecoder<{ size: number }>(fieldsOf(ddsAuditLogs.record));
  for (const size of [2 ** 53, -(2 ** 53), 1e20]) {
    expect(() => decoder.decode({ size }, 0)).toThrow(RoundedError);
    expect(() => decoder.decode({ id: size }, 0)).toThrow(RoundedError);
  }
  expect(() => decoder.decode({ size: 1.5 }, 0)).not.toThrow(RoundedError);
  expect(decoder.decode({ other: 2 ** 53 }, 0).size).toBeNull();
});

test("fields that are not known yet are noted, not lost silently", () => {
  const decoder = recordDecoder(fieldsOf(ddsAuditLogs.record));
  decoder.decode({ id: "x", node_name: "n" }, 0);
  expect([...decoder.unknownKeys]).toEqual(["node_name"]);
});

test("nothing that a service can send makes the decoder throw anything untyped", () => {
  const decoders = [dwsAuditDumpRecords, dwsParameterModificationRecords, ddsAuditLogs].map((query) =>
    recordDecoder(fieldsOf(query.record)),
  );
  const codeOf = (decode: () => unknown): unknown => {
    try {
      decode();
      return "decoded";
    } catch (error) {
      return (error as { readonly code?: unknown }).code;
    }
  };
  fc.assert(
    fc.property(fc.json(), fc.nat(2), (text, which) => {
      expect(["decoded", "ERR_RESPONSE"]).toContain(
        codeOf(() => decoders[which]!.decode(parseExactly(text), 0)),
      );
    }),
  );
});
