module dondoc

go 1.26
