/**
 * Ids and credentials of the generated data set; they never change. None of them is worth anything outside the emulator.
 */
export const sample = {
  region: "eu-de",
  /** Account (IAM: domain) that owns everything below. */
  domain: { id: "a0d17a7e00000000000000000000d001", name: "auditgate" },
  project: { id: "a0d17a7e00000000000000000000de01", name: "eu-de" },
  /** May read all three queries. */
  auditor: {
    id: "a0d17a7e00000000000000000000b001",
    name: "auditor",
    password: "emulator-password",
    accessKey: "AUDITGATEEMULATORAK1",
    secretKey: "emulator-secret-key-of-the-auditor-00001",
    /** Works without any request to IAM, in `project` only. */
    token: "emulator-token-of-the-auditor",
  },
  /** As the auditor, but signing in needs the passcode (method `totp`) too. */
  totpUser: {
    id: "a0d17a7e00000000000000000000b002",
    name: "auditor-with-totp",
    password: "emulator-password",
    passcode: "314159",
  },
  /** May sign in and nothing else. */
  newcomer: {
    id: "a0d17a7e00000000000000000000b003",
    name: "newcomer",
    password: "emulator-password",
    accessKey: "AUDITGATEEMULATORAK3",
    secretKey: "emulator-secret-key-of-the-newcomer-0003",
  },
  /** As the auditor, with a key pair that needs its security token. */
  temporary: {
    accessKey: "AUDITGATEEMULATORAK4",
    secretKey: "emulator-secret-key-with-token-000000004",
    securityToken: "emulator-security-token",
  },
  /** Of another account; may assume the agency. */
  operator: {
    domain: { id: "a0d17a7e00000000000000000000d002", name: "operations" },
    project: { id: "a0d17a7e00000000000000000000de09", name: "eu-de" },
    id: "a0d17a7e00000000000000000000b009",
    name: "operator",
    password: "emulator-password",
    accessKey: "AUDITGATEEMULATORAK9",
    secretKey: "emulator-secret-key-of-the-operator-0009",
  },
  /** Its tokens sign in as the auditor; `emulator.issueIdToken()` issues them. */
  identityProvider: { id: "emulated-ci", issuer: "https://ci.example", audience: "auditgate" },
  /** Whoever shows this to the cluster's agent (`POST /v1/credentials`) gets keys of the auditor. */
  container: { token: "emulator-token-of-the-container" },
  agency: { name: "audit-readers", domainName: "auditgate" },
  /** A second region of the same account. */
  netherlands: {
    region: "eu-nl",
    project: { id: "a0d17a7e00000000000000000000ae01", name: "eu-nl" },
    cluster: "a0d17a7e-c101-4000-8000-000000000001",
    instance: "a0d17a7e000000000000000000001101in02",
  },
  /** A second project of the first region, to be listed: clusters in every state, and more than a page of instances. */
  fleet: {
    project: { id: "a0d17a7e00000000000000000000de02", name: "eu-de_fleet" },
    instances: 130,
  },
  clusters: {
    /** Hourly dumps of 14 days, all successful and without gap; few parameter changes, all in sync. */
    healthy: "a0d17a7e-c001-4000-8000-000000000001",
    /** Its newest dump failed. */
    failedDump: "a0d17a7e-c001-4000-8000-000000000002",
    /** Its newest dump is still running. */
    runningDump: "a0d17a7e-c001-4000-8000-000000000003",
    /** Parameter changes that wait for a restart, are being applied, or failed. */
    pendingChanges: "a0d17a7e-c001-4000-8000-000000000004",
    /** 2,600 parameter changes in 120 days. */
    busy: "a0d17a7e-c001-4000-8000-000000000005",
    /** No record at all. */
    empty: "a0d17a7e-c001-4000-8000-000000000006",
    /** A valid id that nobody has. */
    unknown: "a0d17a7e-c001-4000-8000-0000000000ff",
  },
  instances: {
    /** Three nodes, a log of each every two hours, 95 days back: 3,420 logs. */
    healthy: "a0d17a7e000000000000000000000001in02",
    /** Three nodes, of which the last stopped writing logs two days ago. */
    silentNode: "a0d17a7e000000000000000000000002in02",
    /** No log at all. */
    empty: "a0d17a7e000000000000000000000003in02",
    /** An id that nobody has. */
    unknown: "a0d17a7e0000000000000000000000ffin02",
  },
  /** Nodes of the healthy instance, and of the other one; the last of these is the silent one. */
  nodes: {
    healthy: [
      "a0d17a7e000000000000000000000011no02",
      "a0d17a7e000000000000000000000012no02",
      "a0d17a7e000000000000000000000013no02",
    ],
    silentNode: [
      "a0d17a7e000000000000000000000021no02",
      "a0d17a7e000000000000000000000022no02",
      "a0d17a7e000000000000000000000023no02",
    ],
  },
  /** The ids in the vendor's own examples, answered word for word. */
  documents: {
    dwsProject: "89cd04f168b84af6be287f71730fdb4b",
    dumpCluster: "e59d6b86-9072-46eb-a996-13f8b44994c1",
    parameterCluster: "4ca46bf1-5c61-48ff-b4f3-0ad4e5e3ba90",
    ddsProject: "056538411200d4cd2f79c003c7606412",
    instance: "65d3fe0c50984b35bc1a36e9b7c7de98in02",
    node: "10190012aae94b38a10269b8ad025fc1no02",
  },
} as const;
