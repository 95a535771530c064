package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
)

const maxSecretFile = 4096 // bytes; a token has some fifty

// readSecret returns a secret from the environment or from the file that the
// environment names, and where it stood; "" if there is none.
func readSecret(variable, fileVariable string) (secret, source string, err error) {
	secret, file := strings.TrimSpace(os.Getenv(variable)), os.Getenv(fileVariable)
	switch {
	case secret != "" && file != "":
		return "", "", unusable("%s and %s are both set; keep one of them", variable, fileVariable)
	case file == "":
		return secret, variable, nil
	}
	if secret, err = readSecretFile(file); err != nil {
		return "", "", unusable("%s: %w", fileVariable, err)
	}
	return secret, "the file of " + fileVariable, nil
}

func readSecretFile(name string) (string, error) {
	f, err := os.Open(name)
	if err != nil {
		return "", err
	}
	text, err := io.ReadAll(io.LimitReader(f, maxSecretFile))
	if err = errors.Join(err, f.Close()); err != nil {
		return "", err
	}
	secret := strings.TrimSpace(string(text))
	if secret == "" {
		return "", fmt.Errorf("%s is empty; it should hold the secret", name)
	}
	return secret, nil
}
