// Prints which proxy Go's httpproxy chooses for each case on its input, one JSON object a line.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"net/url"
	"os"

	"golang.org/x/net/http/httpproxy"
)

type proxyCase struct {
	Http, Https, No, Url string
}

func main() {
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		var each proxyCase
		if err := json.Unmarshal(lines.Bytes(), &each); err != nil {
			panic(err)
		}
		config := httpproxy.Config{HTTPProxy: each.Http, HTTPSProxy: each.Https, NoProxy: each.No}
		asked, err := url.Parse(each.Url)
		if err != nil {
			panic(err)
		}
		proxy, err := config.ProxyFunc()(asked)
		switch {
		case err != nil:
			fmt.Println(`"error"`)
		case proxy == nil:
			fmt.Println("null")
		default:
			text, _ := json.Marshal(proxy.Scheme + "://" + proxy.Host)
			fmt.Println(string(text))
		}
	}
}
