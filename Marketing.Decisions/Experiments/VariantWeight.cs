namespace Marketing.Decisions.Experiments;

/// <summary>A variant of an experiment and its part of the users.</summary>
/// <param name="Name">The name, unique within the experiment.</param>
/// <param name="Weight">Above 0; only the ratio between variants counts.</param>
public readonly record struct VariantWeight(string Name, double Weight);
