# BasicElectionForensics of EFToolkit on its own Albania 2013, the whole country, one core, so many resamples.
# Usage: Rscript peer_eftoolkit.R SOURCES RESAMPLES; prints processor and clock seconds of the call alone.
arguments <- commandArgs(TRUE)
home <- file.path(arguments[1], "kkalininMI/EFToolkit")
suppressMessages({
    library(boot)
    library(moments)
    library(diptest)
    library(xtable)
})
# From source: the package wants 28 others to install, of which this function uses four. The one that colours the
# finished table needs kableExtra and computes nothing.
source(file.path(home, "R/BasicElectionForensics.R"))
ColorSignificance <- function(table) list(NULL, NULL)
returns <- read.csv(file.path(home, "inst/extdata/Albania2013.csv"))
set.seed(1)
took <- system.time(answer <- BasicElectionForensics(
    returns,
    Candidates = c("C035", "C050"), Level = "National", TotalReg = "Registered", TotalVotes = "Ballots",
    Methods = c("_2BL", "LastC", "P05s", "C05s", "Skew", "Kurt", "DipT", "Sobyanin", "Correlation"),
    R = as.integer(arguments[2]), cores = 1
))
print(answer$table)
cat(sprintf("took %.2f %.2f\n", sum(took[c(1, 2, 4, 5)]), took[3]))
