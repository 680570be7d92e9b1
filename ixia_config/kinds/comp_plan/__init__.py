"""CompPlan: what people earn for what they sell, exact to the cent."""
