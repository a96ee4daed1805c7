namespace Marketing.Decisions.Experiments;

/// <summary>
/// The part of a layer's users that an experiment takes. Experiments in one layer with separate ranges never share a user; experiments in
/// different layers share users independently.
/// </summary>
/// <remarks>Tang, Agarwal, O'Brien and Meyer, "Overlapping Experiment Infrastructure", KDD 2010.</remarks>
/// <param name="Layer">The name of the layer.</param>
/// <param name="From">The start, 0 to 1, included.</param>
/// <param name="To">The end, above <paramref name="From"/> and at most 1, excluded.</param>
public readonly record struct LayerRange(string Layer, double From, double To);
