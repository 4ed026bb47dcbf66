// Command pulumi-python-sdk writes the Python SDK of the package whose schema it is given on its standard input: what
// `pulumi package add` asks of the language host, which the registries only have in a version that cannot.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"github.com/pulumi/pulumi/pkg/v3/codegen/python"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
)

func main() {
	if len(os.Args) != 2 {
		fail(fmt.Errorf("usage: pulumi package get-schema SOURCE | pulumi-python-sdk DIRECTORY"))
	}
	if err := write(os.Args[1]); err != nil {
		fail(err)
	}
}

func write(directory string) error {
	var spec schema.PackageSpec
	if err := json.NewDecoder(os.Stdin).Decode(&spec); err != nil {
		return fmt.Errorf("the schema cannot be read: %w", err)
	}
	languages := map[string]schema.Language{"python": python.Importer}
	bound, err := schema.ImportSpec(spec, languages, schema.ValidationOptions{})
	if err != nil {
		return err
	}
	files, err := python.GeneratePackage("pulumi-python-sdk", bound, nil, nil)
	if err != nil {
		return err
	}
	for name, content := range files {
		file := filepath.Join(directory, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(file, content, 0o644); err != nil {
			return err
		}
	}
	return nil
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
