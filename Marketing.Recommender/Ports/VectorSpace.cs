namespace Marketing.Recommender.Ports;

/// <summary>What makes vectors comparable. Stored with every index; an index made in another space is rebuilt, never mixed.</summary>
/// <param name="Model">The embedding model's name, with its version.</param>
/// <param name="Dimensions">Components of a vector.</param>
public sealed record VectorSpace(string Model, int Dimensions);
