using Marketing.Domain.Text;

namespace Marketing.Domain.Ports;

/// <summary>What makes vectors comparable. Stored with every index; an index made in another space is rebuilt, never mixed.</summary>
/// <param name="Model">The embedding model's name with its version, and the version of the rules by which texts are read.</param>
/// <param name="Dimensions">Components of a vector.</param>
public sealed record VectorSpace(string Model, int Dimensions)
{
    private const string Reading = "+" + PlainText.Version;

    /// <summary>The same model whatever texts are read by: its vector of a given text does not change with the rules.</summary>
    public VectorSpace OfModel => this with { Model = Model.EndsWith(Reading, StringComparison.Ordinal) ? Model[..^Reading.Length] : Model };

    /// <summary>The space of a model's vectors of <see cref="PlainText"/>.</summary>
    public static VectorSpace Of(string model, int dimensions) => new(model + Reading, dimensions);
}
