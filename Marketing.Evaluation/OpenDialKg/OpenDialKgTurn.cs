using System.Text.Json.Serialization;

namespace Marketing.Evaluation.OpenDialKg;

/// <summary>A turn of a dialogue in which something is recommended: a line of train.jsonl, valid.jsonl or test.jsonl.</summary>
/// <param name="DialogId">The dialogue; its turns may be in different splits.</param>
/// <param name="TurnId">The turn within it.</param>
/// <param name="Context">What was said before, oldest first.</param>
/// <param name="Entity">What of the knowledge graph was mentioned in the context.</param>
/// <param name="Rec">The names of the recommended items.</param>
internal sealed record OpenDialKgTurn(
    [property: JsonRequired] int DialogId,
    [property: JsonRequired] int TurnId,
    [property: JsonRequired] IReadOnlyList<string> Context,
    IReadOnlyList<string>? Entity,
    [property: JsonRequired] IReadOnlyList<string> Rec)
{
    /// <summary>Whether the context speaks of an item already, by its name or as one of the annotated entities.</summary>
    public bool Mentions(string item) =>
        (Entity?.Contains(item) ?? false)
        || Context.Any(said => said.Contains(item, StringComparison.OrdinalIgnoreCase));
}
