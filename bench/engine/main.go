// The engine's own evaluator on the workload of the benchmark: Vault's package is imported as it is published, and nothing of it
// is copied here. Reads a workload from standard input, asks once around, and prints nanoseconds and milliseconds as JSON.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"time"

	"github.com/hashicorp/vault/helper/namespace"
	"github.com/hashicorp/vault/sdk/logical"
	"github.com/hashicorp/vault/vault"
)

// workload is what bench/policies.ts works on as well.
type workload struct {
	// Texts are policies in HCL.
	Texts []string `json:"texts"`
	// Reads and Lists are the paths that are asked for.
	Reads []string `json:"reads"`
	Lists []string `json:"lists"`
	// Passes is how often all paths are asked for; Builds how often the policies are parsed.
	Passes int `json:"passes"`
	Builds int `json:"builds"`
}

// result holds one number for each pass or build, and how many of the paths are allowed.
type result struct {
	ReadNs          []float64 `json:"read_ns"`
	ListNs          []float64 `json:"list_ns"`
	ParseAndBuildMs []float64 `json:"parse_and_build_ms"`
	ReadsAllowed    int       `json:"reads_allowed"`
	ListsAllowed    int       `json:"lists_allowed"`
}

func main() {
	var loads []workload
	if err := json.NewDecoder(os.Stdin).Decode(&loads); err != nil {
		fail(err)
	}
	results := make([]result, 0, len(loads))
	for _, load := range loads {
		results = append(results, measure(load))
	}
	if err := json.NewEncoder(os.Stdout).Encode(results); err != nil {
		fail(err)
	}
}

func measure(load workload) result {
	var out result
	var acl *vault.ACL
	for range load.Builds {
		started := time.Now()
		acl = build(load.Texts)
		out.ParseAndBuildMs = append(out.ParseAndBuildMs, float64(time.Since(started).Nanoseconds())/1e6)
	}
	for range load.Passes {
		var nanoseconds float64
		nanoseconds, out.ReadsAllowed = ask(acl, logical.ReadOperation, load.Reads)
		out.ReadNs = append(out.ReadNs, nanoseconds)
		nanoseconds, out.ListsAllowed = ask(acl, logical.ListOperation, load.Lists)
		out.ListNs = append(out.ListNs, nanoseconds)
	}
	return out
}

func build(texts []string) *vault.ACL {
	policies := make([]*vault.Policy, 0, len(texts))
	for index, text := range texts {
		policy, err := vault.ParseACLPolicy(namespace.RootNamespace, text)
		if err != nil {
			fail(err)
		}
		policy.Name = fmt.Sprintf("p%d", index)
		policies = append(policies, policy)
	}
	acl, err := vault.NewACL(namespace.RootContext(nil), policies)
	if err != nil {
		fail(err)
	}
	return acl
}

// ask gives nanoseconds a decision. The request is made outside of what is measured for ours as well, so it is reused here.
func ask(acl *vault.ACL, operation logical.Operation, paths []string) (float64, int) {
	ctx := namespace.RootContext(nil)
	allowed := 0
	request := &logical.Request{Operation: operation}
	started := time.Now()
	for _, path := range paths {
		request.Path = path
		if acl.AllowOperation(ctx, request, false).Allowed {
			allowed++
		}
	}
	return float64(time.Since(started).Nanoseconds()) / float64(len(paths)), allowed
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
