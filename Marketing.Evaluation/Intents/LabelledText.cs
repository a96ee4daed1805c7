namespace Marketing.Evaluation.Intents;

/// <summary>A customer's text and its intent.</summary>
internal readonly record struct LabelledText(string Text, string Intent);
