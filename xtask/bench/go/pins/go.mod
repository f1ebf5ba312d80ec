module pins

go 1.21
