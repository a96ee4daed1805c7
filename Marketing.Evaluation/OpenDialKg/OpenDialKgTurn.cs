using System.Text.Json.Serialization;

namespace Marketing.Evaluation.OpenDialKg;

/// <summary>A dialogue turn with a recommendation: a line of train.jsonl, valid.jsonl or test.jsonl.</summary>
/// <param name="DialogId">The dialogue; its turns may be in different splits.</param>
/// <param name="TurnId">The turn within the dialogue.</param>
/// <param name="Context">The previous utterances, oldest first.</param>
/// <param name="Entity">The knowledge graph entities mentioned in the context.</param>
/// <param name="Rec">The names of the recommended items.</param>
internal sealed record OpenDialKgTurn(
    [property: JsonRequired] int DialogId,
    [property: JsonRequired] int TurnId,
    [property: JsonRequired] IReadOnlyList<string> Context,
    IReadOnlyList<string>? Entity,
    [property: JsonRequired] IReadOnlyList<string> Rec)
{
    /// <summary>Whether the context already mentions an item, by its name or as an annotated entity.</summary>
    public bool Mentions(string item) =>
        (Entity?.Contains(item) ?? false)
        || Context.Any(said => said.Contains(item, StringComparison.OrdinalIgnoreCase));
}
