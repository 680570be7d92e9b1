"""ApprovalPolicy: who must say yes before a deal, a quote or an action goes ahead."""
