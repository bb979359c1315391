//go:build tools

// Package tools keeps `go mod tidy` honest: the command below is all that this module is for.
package tools

import _ "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"
