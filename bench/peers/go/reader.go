// The official Go SDK, page after page: it has no way to read several at once.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"time"

	"github.com/huaweicloud/huaweicloud-sdk-go-v3/core"
	"github.com/huaweicloud/huaweicloud-sdk-go-v3/core/auth/basic"
	"github.com/huaweicloud/huaweicloud-sdk-go-v3/core/config"
	dds "github.com/huaweicloud/huaweicloud-sdk-go-v3/services/dds/v3"
	ddsmodel "github.com/huaweicloud/huaweicloud-sdk-go-v3/services/dds/v3/model"
	dws "github.com/huaweicloud/huaweicloud-sdk-go-v3/services/dws/v2"
	dwsmodel "github.com/huaweicloud/huaweicloud-sdk-go-v3/services/dws/v2/model"
)

const pageSize = int32(100)

type task struct {
	URL       string `json:"url"`
	AccessKey string `json:"accessKey"`
	SecretKey string `json:"secretKey"`
	Project   string `json:"project"`
	Cluster   string `json:"cluster"`
	Instance  string `json:"instance"`
	Rounds    int    `json:"rounds"`
	Show      bool   `json:"show"`
	Windows   []struct {
		Start string `json:"start"`
		End   string `json:"end"`
	} `json:"windows"`
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func client(t task) *core.HcHttpClient {
	credentials, err := basic.NewCredentialsBuilder().
		WithAk(t.AccessKey).WithSk(t.SecretKey).WithProjectId(t.Project).SafeBuild()
	check(err)
	built, err := core.NewHcHttpClientBuilder().
		WithEndpoints([]string{t.URL}).
		WithCredential(credentials).
		WithHttpConfig(config.DefaultHttpConfig()).
		SafeBuild()
	check(err)
	return built
}

func parameterRecords(c *dws.DwsClient, t task) []dwsmodel.ConfigurationRecordResp {
	var records []dwsmodel.ConfigurationRecordResp
	total := int32(1)
	for page := int32(0); page*pageSize < total; page++ {
		limit, offset := pageSize, page
		answer, err := c.ListConfigurationsAuditRecords(&dwsmodel.ListConfigurationsAuditRecordsRequest{
			ClusterId: t.Cluster, Limit: &limit, Offset: &offset,
		})
		check(err)
		total = *answer.Count
		records = append(records, *answer.Records...)
	}
	return records
}

func auditLogs(c *dds.DdsClient, t task) []ddsmodel.ListAuditlogsResult {
	var logs []ddsmodel.ListAuditlogsResult
	for _, window := range t.Windows {
		total := int32(1)
		for offset := int32(0); offset < total; offset += pageSize {
			limit, from := pageSize, offset
			answer, err := c.ListAuditlogs(&ddsmodel.ListAuditlogsRequest{
				InstanceId: t.Instance, StartTime: window.Start, EndTime: window.End, Limit: &limit, Offset: &from,
			})
			check(err)
			total = *answer.TotalRecord
			logs = append(logs, *answer.AuditLogs...)
		}
	}
	return logs
}

func main() {
	var t task
	check(json.Unmarshal([]byte(os.Getenv("BENCH_TASK")), &t))
	http := client(t)
	if t.Show {
		dumps, err := dws.NewDwsClient(http).ListAuditLog(&dwsmodel.ListAuditLogRequest{ClusterId: t.Cluster})
		check(err)
		check(json.NewEncoder(os.Stdout).Encode(map[string]any{
			"dumps":      dumps.Records,
			"parameters": parameterRecords(dws.NewDwsClient(http), t),
			"logs":       auditLogs(dds.NewDdsClient(http), t),
		}))
		return
	}
	var rounds []float64
	records := 0
	for round := 0; round < t.Rounds; round++ {
		started := time.Now()
		records = len(parameterRecords(dws.NewDwsClient(http), t)) + len(auditLogs(dds.NewDdsClient(http), t))
		rounds = append(rounds, float64(time.Since(started).Microseconds())/1000)
	}
	check(json.NewEncoder(os.Stdout).Encode(map[string]any{
		"coldMs": rounds[0], "warmMs": rounds[len(rounds)-1], "records": records,
	}))
}
