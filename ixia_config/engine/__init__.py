"""The pure core of plan and apply, one module per verb: resolve, diff, guard, plan, execute."""
