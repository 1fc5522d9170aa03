package text

// ScopeLine says one line of a Scope as it stands: «Variabelen «vekt»: desimaltall, kg».
func ScopeLine(lang Lang, area, name, value string) string {
	what, is := scopeName(lang, area, name), scopeValue(lang, area, name, value)
	if is == "" {
		return upperFirst(what)
	}
	return upperFirst(what) + ": " + is
}
