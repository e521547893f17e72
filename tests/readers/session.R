# A session with a results file: Rscript session.R FILE.h5 AREA INDICATOR
library(ncdf4)
arguments <- commandArgs(TRUE)
area <- arguments[2]
indicator <- arguments[3]
f <- nc_open(arguments[1])

# What is in it. R has the fastest dimension first.
dims <- function(v) vapply(v$dim, function(d) d$name, "")
for (v in f$var) cat(v$name, " (", paste(dims(v), collapse = ", "), ") ", v$longname, "\n", sep = "")

# A variable with the codes of its members, so that it is chosen from by code; and the labels of a
# dimension by code.
values <- function(name) {
  x <- ncvar_get(f, name, collapse_degen = FALSE)
  along <- dims(f$var[[name]])
  dimnames(x) <- setNames(lapply(along, function(d) as.vector(ncvar_get(f, d))), along)
  x
}
labels <- function(dim, what = "name") {
  setNames(as.vector(ncvar_get(f, paste0(dim, "_", what))), as.vector(ncvar_get(f, dim)))
}

# One area by its code, with what it is called.
here <- values("indicator_value")[indicator, area, , ] # year, draw_run
cat(labels("area")[area], " - ", labels("indicator")[indicator], "\n", sep = "")

# Its fan: quantiles over the draws of a scenario, which are its runs from draw 1 on whose status is
# 0. The central run is none of them.
run <- function(name) as.vector(ncvar_get(f, paste0("run_", name)))
draws <- which(run("scenario") == 0 & run("draw") > 0 & run("status") == 0)
fan <- t(apply(here[, draws], 1, quantile, c(0.05, 0.25, 0.5, 0.75, 0.95)))
write.csv(data.frame(year = rownames(fan), fan, check.names = FALSE), "fan.csv", row.names = FALSE)
# ... and as a picture: matplot(rownames(fan), fan, type = "l")

# Learners without a place on the line of their choice in 2020, of all areas, in the central run.
unplaced <- rowSums(values("unplaced")[, , "2020", "0"])
table <- data.frame(line = names(unplaced), line_name = labels("line")[names(unplaced)],
                    line_route = labels("line", "route")[names(unplaced)], unplaced = unplaced)
write.csv(table[order(-table$unplaced), ], "unplaced.csv", row.names = FALSE)

# Where it comes from.
hashes <- ncvar_get(f, "provenance/input_sha256")
cat(paste(substr(hashes, 1, 8), ncvar_get(f, "provenance/input_file")), sep = "\n")
nc_close(f)
