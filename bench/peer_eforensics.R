# eforensics(), model qbl without covariates, on stations of Albania 2013 (C050) drawn without replacement: one chain,
# a third of the iterations each for adapting, burning in and keeping.
# Usage: Rscript peer_eforensics.R SOURCES TABLE ROWS ITERATIONS JAGS; JAGS is a program that times jags and adds its
# processor seconds to the file named by JAGS_TIMES. Writes the stations to TABLE; prints processor and clock seconds.
arguments <- commandArgs(TRUE)
suppressMessages(library(eforensics))
returns <- read.csv(file.path(arguments[1], "kkalininMI/EFToolkit/inst/extdata/Albania2013.csv"))
returns <- with(returns, data.frame(N = Registered, t = Ballots, v = C050))
returns <- returns[complete.cases(returns) & returns$t > 0 & returns$t <= returns$N & returns$v <= returns$t, ]
set.seed(1)
stations <- returns[sort(sample(nrow(returns), as.integer(arguments[3]))), ]
write.csv(data.frame(station = seq_len(nrow(stations)), stations), arguments[2], row.names = FALSE, quote = FALSE)
stations$w <- stations$v
stations$a <- stations$N - stations$t

# As published it asks stringr whether a formula contains a word, which stringr 1.5 refuses. Without covariates
# there is nothing to order.
assignInNamespace("order.formulas", function(...) {
    list(mu.iota.m ~ 1, mu.iota.s ~ 1, mu.chi.m ~ 1, mu.chi.s ~ 1)
}, "eforensics")
runjags::runjags.options(jagspath = arguments[5])
third <- as.integer(arguments[4]) %/% 3L
took <- system.time(answer <- eforensics(
    w ~ 1, a ~ 1,
    data = stations, eligible.voters = "N", model = "qbl",
    mcmc = list(burn.in = third, n.adapt = third, n.iter = third, n.chains = 1), parComp = FALSE, autoConv = FALSE
))
# runjags does not wait for jags, so that its seconds are not among those of R's children.
jags <- sum(read.table(Sys.getenv("JAGS_TIMES")))
cat(sprintf("jags %.2f\n", jags))
cat(sprintf("took %.2f %.2f\n", sum(took[c(1, 2, 4, 5)]) + jags, took[3]))
