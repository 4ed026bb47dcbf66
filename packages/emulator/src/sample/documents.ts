import type { Cluster, Instance } from "../data/data.ts";
import { sample } from "./names.ts";

const { documents } = sample;

/** The clusters of the vendor's two DWS examples, which answer exactly what is printed there. */
export function documentClusters(): Cluster[] {
  return [
    {
      id: documents.dumpCluster,
      name: "document-dumps",
      projectId: documents.dwsProject,
      note: "the vendor's example of dump records: another cluster id in the answer",
      dumps: [
        {
          result: "RUNNING",
          cluster_id: "a07cb2f7-b17e-4d95-923b-a33d0c884d37",
          executor_time: "2022-10-31T09:11:31",
          begin_time: "2022-10-31T09:09:55",
          end_time: "2022-10-31T09:19:55",
          bucket_name: "testbucket",
          location_prefix: "test",
        },
      ],
      parameterChanges: [],
      answers: { clusterId: "a07cb2f7-b17e-4d95-923b-a33d0c884d37" },
    },
    {
      id: documents.parameterCluster,
      name: "document-parameters",
      projectId: documents.dwsProject,
      note: "the vendor's example of parameter changes: integer ids, nulls, a total of 10 with 2 rows",
      dumps: [],
      parameterChanges: [
        documentChange(1, "2023-06-10T16:23:21.000Z"),
        documentChange(2, "2023-06-10T16:23:32.000Z"),
      ],
      answers: { parameterCount: 10 },
    },
  ];
}

/** The instance of the vendor's DDS example, whose log lies outside the window that the example asks for. */
export function documentInstance(): Instance {
  const { instance, node } = documents;
  return {
    id: instance,
    name: "document-logs",
    projectId: documents.ddsProject,
    note: "the vendor's example of audit logs: one log, whatever the window",
    nodes: [node],
    auditLogs: [
      {
        id: `${node}_1607681849871`,
        name: `0a84b6e97780d3271fd0c00f2db42932_audit_log_${instance}_${node}_1607681849871`,
        size: 24735174,
        node_id: node,
        start_time: "2020-12-11T18:14:49+0800",
        end_time: "2020-12-11T18:17:25+0800",
      },
    ],
    answers: { anyWindow: true },
  };
}

function documentChange(id: number, startTime: string) {
  return { id, operator: null, start_time: startTime, end_time: null, status: null, failed_reason: null };
}
