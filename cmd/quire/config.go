package main

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"

	"go.yaml.in/yaml/v3"

	"quire/llm"
	"quire/problem"
)

// config is every setting. A value comes from the default, then the file
// quire.yaml in the home, then the environment, then a flag; the last one
// counts. docs/configuration.md and .env.example are made from these tags.
type config struct {
	Home     string `yaml:"-" env:"QUIRE_HOME" help:"Folder in which the library lives: database, stored bytes, lock and settings file. Default: the platform's folder for data."`
	Database string `yaml:"database" env:"QUIRE_DATABASE" help:"Address of a PostgreSQL database (postgres://user:password@host:5432/name). Default: an SQLite file in the home." secret:"url"`
	Chapters int    `yaml:"chapters_at_once" env:"QUIRE_CHAPTERS_AT_ONCE" default:"4" min:"1" max:"64" help:"How many chapters are written at once, where a book allows it."`
	Author   string `yaml:"author" env:"QUIRE_AUTHOR" help:"Author's name on books whose brief names none."`
	Theme    string `yaml:"theme" env:"QUIRE_THEME" help:"Theme of books whose brief names none. Default: novel for fiction, nonfiction for the rest."`
	Trim     string `yaml:"trim" env:"QUIRE_TRIM" help:"Page size of books whose brief names none, such as 6x9 or A5. Default: the theme's."`
	Log      string `yaml:"log" env:"QUIRE_LOG" default:"off" oneof:"off,error,warn,info,debug" help:"What is logged to standard error: off, error, warn, info or debug."`

	Priority   priority `yaml:"provider_priority" env:"LLM_PROVIDER_PRIORITY" default:"anthropic,openai,google" help:"Providers that are asked, in this order, those of them that have a key; offline alone is the built-in author."`
	Models     wishes   `yaml:"models" env:"QUIRE_MODELS" help:"Models for roles (concept, outline, beats, draft, observe, all), the first of a role first: draft=anthropic/claude-sonnet-5-5,observe=openai/gpt-6-luna. Default: one a role for each provider; quire models lists them."`
	ModelsFile string   `yaml:"models_file" env:"QUIRE_MODELS_FILE" help:"JSON file with models and prices of your own, which stand over those that quire knows."`
	Limits     limits   `yaml:"limits" env:"QUIRE_LIMITS" help:"What a provider allows in a minute, such as openai=60rpm,100000tpm. Default: what the provider says beside its answers."`
	Budget     dollars  `yaml:"budget" env:"QUIRE_BUDGET" default:"5" help:"Dollars that a book may cost where nobody can be asked, and no --budget is given."`

	AnthropicKey     llm.Secret `yaml:"-" key:"anthropic_api_key" env:"ANTHROPIC_API_KEY" help:"Key for Anthropic."`
	AnthropicKeyFile string     `yaml:"anthropic_api_key_file" env:"ANTHROPIC_API_KEY_FILE" help:"File that holds the key for Anthropic."`
	AnthropicBase    address    `yaml:"anthropic_base_url" env:"ANTHROPIC_BASE_URL" help:"Address to ask instead of https://api.anthropic.com."`
	OpenAIKey        llm.Secret `yaml:"-" key:"openai_api_key" env:"OPENAI_API_KEY" help:"Key for OpenAI, or for the server at openai_base_url."`
	OpenAIKeyFile    string     `yaml:"openai_api_key_file" env:"OPENAI_API_KEY_FILE" help:"File that holds the key for OpenAI."`
	OpenAIBase       address    `yaml:"openai_base_url" env:"OPENAI_BASE_URL" help:"Address to ask instead of https://api.openai.com/v1: any server that speaks OpenAI's protocol, with the /v1 at its end. One that needs no key needs none here."`
	GoogleKey        llm.Secret `yaml:"-" key:"google_ai_api_key" env:"GOOGLE_AI_API_KEY" help:"Key for Google's Gemini API."`
	GoogleKeyFile    string     `yaml:"google_ai_api_key_file" env:"GOOGLE_AI_API_KEY_FILE" help:"File that holds the key for Google."`
	GoogleBase       address    `yaml:"google_base_url" env:"GOOGLE_BASE_URL" help:"Address to ask instead of https://generativelanguage.googleapis.com."`

	from map[string]string // where each setting comes from, by its key

	// wrong holds mistakes in variables that other programs read too. They are
	// told when a model is needed: quire press needs none.
	wrong []string
}

// setting is a field of the config as its tags describe it.
type setting struct {
	key, env, help, usual string
	secret                bool // a part of it is
	hidden                bool // all of it is
	field                 int
}

// testPrefix marks variables that only tests read.
const testPrefix = "QUIRE_TEST_"

// settings lists the fields in order.
func settings() []setting {
	t := reflect.TypeFor[config]()
	var list []setting
	for i := range t.NumField() {
		tag := t.Field(i).Tag
		if tag.Get("env") == "" {
			continue
		}
		key := tag.Get("yaml")
		if key == "-" {
			key = cmp.Or(tag.Get("key"), strings.ToLower(t.Field(i).Name))
		}
		hidden := t.Field(i).Type == reflect.TypeFor[llm.Secret]()
		list = append(list, setting{key, tag.Get("env"), tag.Get("help"), tag.Get("default"), tag.Get("secret") != "", hidden, i})
	}
	return list
}

// readConfig reads the settings; home is that of the flag, or "". All mistakes
// are told at once.
func readConfig(env []string, home string) (config, error) {
	c := config{from: map[string]string{}}
	var wrong []string
	note := func(err error) {
		if err != nil {
			wrong = append(wrong, err.Error())
		}
	}
	values := map[string]string{}
	for _, pair := range env {
		name, value, _ := strings.Cut(pair, "=")
		if ours := strings.HasPrefix(name, "QUIRE_") && !strings.HasPrefix(name, testPrefix); ours || slices.ContainsFunc(settings(), func(s setting) bool { return s.env == name }) {
			values[name] = value
		}
	}
	for _, s := range settings() {
		note(c.set(s, s.usual, "default"))
	}
	note(c.findHome(lookup(env), home))
	note(c.readFile())
	for _, s := range settings() {
		value, ok := values[s.env]
		delete(values, s.env)
		if !ok || value == "" || s.env == "QUIRE_HOME" {
			continue
		}
		err := c.set(s, value, "environment")
		if err != nil && !strings.HasPrefix(s.env, "QUIRE_") {
			c.wrong = append(c.wrong, strings.Replace(err.Error(), s.key, s.env, 1))
			continue
		}
		note(err)
	}
	c.readKeys()
	for _, name := range sortedKeys(values) {
		note(fmt.Errorf("the variable %s is not known", name))
	}
	if len(wrong) > 0 {
		return c, problem.New(problem.Invalid, "the settings cannot be used: %s", strings.Join(wrong, "; ")).
			Try("correct them in the environment or in quire.yaml in the home; docs/configuration.md lists all settings")
	}
	return c, nil
}

func sortedKeys(m map[string]string) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// findHome chooses the home: flag, environment, or the platform's data folder.
func (c *config) findHome(env func(string) string, flag string) error {
	home, from := flag, "flag"
	if home == "" {
		home, from = env("QUIRE_HOME"), "environment"
	}
	if home == "" {
		if home = dataFolder(env); home == "" {
			return nil // told when a home is needed
		}
		home, from = filepath.Join(home, "quire"), "default"
	}
	abs, err := filepath.Abs(home)
	if err != nil {
		return errors.New("the home has no usable path")
	}
	c.Home, c.from["home"] = abs, from
	return nil
}

// dataFolder is the platform's folder for data: that of Windows and macOS, else
// XDG_DATA_HOME or ~/.local/share (XDG Base Directory Specification 0.8); "" if
// the machine has none.
func dataFolder(env func(string) string) string {
	if dir := env("XDG_DATA_HOME"); filepath.IsAbs(dir) {
		return dir
	}
	if dir := env("LocalAppData"); runtime.GOOS == "windows" && dir != "" {
		return dir
	}
	home := env("HOME")
	switch {
	case home == "":
		return ""
	case runtime.GOOS == "darwin":
		return filepath.Join(home, "Library", "Application Support")
	default:
		return filepath.Join(home, ".local", "share")
	}
}

// lookup returns a function that finds a variable in a list of NAME=value.
func lookup(env []string) func(string) string {
	return func(name string) string {
		for _, pair := range slices.Backward(env) {
			if n, value, _ := strings.Cut(pair, "="); n == name {
				return value
			}
		}
		return ""
	}
}

// readFile reads quire.yaml of the home, if there is one.
func (c *config) readFile() error {
	if c.Home == "" {
		return nil
	}
	text, err := os.ReadFile(filepath.Join(c.Home, "quire.yaml"))
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR) || len(bytes.TrimSpace(text)) == 0 && err == nil {
		return nil
	}
	if err != nil {
		return errors.New("quire.yaml of the home cannot be read")
	}
	given := map[string]any{}
	if err := yaml.Unmarshal(text, &given); err != nil {
		return errors.New("quire.yaml is not YAML of keys and values")
	}
	var wrong []string
	for _, s := range settings() {
		value, ok := given[s.key]
		if !ok || s.hidden {
			continue
		}
		delete(given, s.key)
		if s.key == "home" || value == nil {
			continue
		}
		read := scalar
		if _, ok := reflect.ValueOf(c).Elem().Field(s.field).Addr().Interface().(parsed); ok {
			read = flat
		}
		text, err := read(value)
		if err == nil {
			err = c.set(s, text, "quire.yaml")
		} else {
			err = fmt.Errorf("%s %w", s.key, err)
		}
		if err != nil {
			wrong = append(wrong, err.Error())
		}
	}
	for key := range given {
		if strings.HasSuffix(key, "_api_key") {
			wrong = append(wrong, fmt.Sprintf("quire.yaml holds a key, %s, which is no place for it: set the variable %s, or name a file with %s_file", key, strings.ToUpper(key), key))
			continue
		}
		wrong = append(wrong, fmt.Sprintf("quire.yaml has the unknown key %q", key))
	}
	if len(wrong) > 0 {
		slices.Sort(wrong)
		return errors.New(strings.Join(wrong, "; "))
	}
	return nil
}

// flat is a value of quire.yaml as the environment would write it: a list with
// commas, a map as key=value.
func flat(value any) (string, error) {
	var items []string
	switch v := value.(type) {
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(v)) {
			list, ok := v[key].([]any)
			if !ok {
				list = []any{v[key]}
			}
			for _, x := range list {
				text, err := scalar(x)
				if err != nil {
					return "", err
				}
				items = append(items, key+"="+text)
			}
		}
	case []any:
		for _, x := range v {
			text, err := scalar(x)
			if err != nil {
				return "", err
			}
			items = append(items, text)
		}
	default:
		return scalar(value)
	}
	return strings.Join(items, ","), nil
}

func scalar(value any) (string, error) {
	switch value.(type) {
	case map[string]any, map[any]any, []any, nil:
		return "", errors.New("has lists or keys where a plain value should stand")
	}
	return fmt.Sprint(value), nil
}

// set puts a value into the field of a setting; "" leaves what is more than a
// text as it is.
func (c *config) set(s setting, value, from string) error {
	field := reflect.ValueOf(c).Elem().Field(s.field)
	tag := reflect.TypeFor[config]().Field(s.field).Tag
	p, ok := field.Addr().Interface().(parsed)
	var err error
	switch {
	case value == "" && (ok || s.hidden):
	case ok:
		err = p.parse(value)
	case s.hidden:
		if err = checkKey(value); err == nil {
			field.SetString(value)
		}
	case field.Kind() == reflect.Int:
		n, wrong := strconv.Atoi(value)
		least, _ := strconv.Atoi(tag.Get("min")) // the tags are ours
		most, _ := strconv.Atoi(tag.Get("max"))
		if wrong != nil || n < least || n > most {
			return fmt.Errorf("%s is %q, but must be a number from %d to %d", s.key, value, least, most)
		}
		field.SetInt(int64(n))
	default:
		if choice := tag.Get("oneof"); choice != "" && !slices.Contains(strings.Split(choice, ","), value) {
			return fmt.Errorf("%s is %q, but must be one of %s", s.key, value, strings.ReplaceAll(choice, ",", ", "))
		}
		field.SetString(value)
	}
	if err != nil {
		return fmt.Errorf("%s %w", s.key, err)
	}
	c.from[s.key] = from
	return nil
}

// shown is the value of a setting as people may see it: passwords are hidden.
func (c *config) shown(s setting) string {
	field := reflect.ValueOf(c).Elem().Field(s.field)
	value := fmt.Sprint(field.Interface())
	switch v := field.Addr().Interface().(type) {
	case *llm.Secret:
		return v.Hint()
	case parsed:
		return v.String()
	}
	if !s.secret || value == "" {
		return value
	}
	u, err := url.Parse(value)
	if err != nil || u.Scheme == "" {
		return "***"
	}
	if q := u.Query(); q.Has("password") {
		q.Set("password", "xxxxx")
		u.RawQuery = q.Encode()
	}
	return u.Redacted()
}

// configVerb shows the settings.
type configVerb struct {
	JSON bool `help:"Print JSON."`
}

// Run prints each setting, its value and where it comes from.
func (v *configVerb) Run(s *session) error {
	type line struct {
		Key   string `json:"key"`
		Value string `json:"value"`
		From  string `json:"from"`
	}
	var lines []line
	for _, set := range settings() {
		lines = append(lines, line{set.key, s.config.shown(set), s.config.from[set.key]})
	}
	for _, wrong := range s.config.wrong {
		s.say("note: %s.", wrong)
	}
	if v.JSON {
		return s.json(lines)
	}
	t := s.table()
	for _, l := range lines {
		t.row(l.Key, l.Value, l.From)
	}
	return t.flush()
}
