using Marketing.Domain.Text;

namespace Marketing.Domain.Ports;

/// <summary>Identifies comparable vectors; stored with every index, and an index from another space is rebuilt, never mixed.</summary>
/// <param name="Model">The embedding model's name and version, plus the version of the text normalization rules.</param>
/// <param name="Dimensions">Number of vector components.</param>
public sealed record VectorSpace(string Model, int Dimensions)
{
    private const string Reading = "+" + PlainText.Version;

    /// <summary>The space without the text rules, because the model's vector for a given text does not depend on them.</summary>
    public VectorSpace OfModel => this with { Model = Model.EndsWith(Reading, StringComparison.Ordinal) ? Model[..^Reading.Length] : Model };

    /// <summary>The space of vectors that a model makes from <see cref="PlainText"/>.</summary>
    public static VectorSpace Of(string model, int dimensions) => new(model + Reading, dimensions);
}
