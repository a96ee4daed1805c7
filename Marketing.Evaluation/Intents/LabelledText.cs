namespace Marketing.Evaluation.Intents;

/// <summary>Something a customer said, and what they wanted.</summary>
internal readonly record struct LabelledText(string Text, string Intent);
