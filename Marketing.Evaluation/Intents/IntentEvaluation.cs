using Marketing.Evaluation.Commands;
using Marketing.Evaluation.Data;
using Marketing.Evaluation.Metrics;
using Marketing.Evaluation.Reporting;
using Marketing.Stores.Embedding;

namespace Marketing.Evaluation.Intents;

/// <summary>
/// Measures how well the embedder recognizes intents, alone or combined with terms: the share of texts whose nearest labeled neighbor has
/// the same intent.
/// </summary>
/// <remarks>The labeled texts are the training split; no classifier is trained.</remarks>
internal sealed class IntentEvaluation : IEvaluation
{
    // From the comparison that came with the model; not tuned here.
    private const float TermShare = 0.3f;

    private const double HeldOut = 0.2;

    public string Name => "intents";

    public IReadOnlyList<string> Strategies => ["embedding", "embedding+terms", "random", "popular"];

    public async Task<IReadOnlyList<EvaluationRow>> RunAsync(
        DataFolder data, EvaluationSettings settings, IReadOnlyList<string> strategies, CancellationToken cancellationToken)
    {
        var (subset, known, asked) = Load(data, settings.Split);
        using var embedder = StaticEmbeddingGenerator.Load();
        var knownVectors = await EmbedAsync(embedder, known, cancellationToken);
        var askedVectors = await EmbedAsync(embedder, asked, cancellationToken);
        var sheet = new ScoreSheet(Name);
        foreach (var strategy in strategies)
        {
            var classify = Classifier(strategy, known, knownVectors);
            foreach (var (index, text) in asked.Index())
            {
                sheet.Add(subset, strategy, [("accuracy", classify(text.Text, askedVectors[index]) == text.Intent ? 1 : 0)]);
            }
        }

        return sheet.Rows();
    }

    private static (string Subset, IReadOnlyList<LabelledText> Known, IReadOnlyList<LabelledText> Asked) Load(DataFolder data, string? split)
    {
        var training = data.Find("train.csv", "train_val.json", "train.json", "data_full.json")
            ?? data.Files("*.csv").Concat(data.Files("*.json")).FirstOrDefault()
            ?? throw new EvaluationException("--data must name a folder with train.csv (BANKING77) or train_val.json (CLINC150).");
        var subset = training.Contains(".csv", StringComparison.OrdinalIgnoreCase) ? "banking77" : "clinc150";
        var known = IntentFiles.Read(training, "train");
        if (split is not null)
        {
            return (subset, known, IntentFiles.Read(data.Split(split), "test", "val", "valid", "validation"));
        }

        return data.Find("test.csv", "valid.csv") is { } test ? (subset, known, IntentFiles.Read(test))
            : subset == "clinc150" ? (subset, known, IntentFiles.Read(training, "test", "val"))
            : HoldOut(subset, known);
    }

    /// <summary>Holds out every n-th text when there is no test file; the same texts in every run.</summary>
    private static (string Subset, IReadOnlyList<LabelledText> Known, IReadOnlyList<LabelledText> Asked) HoldOut(
        string subset, IReadOnlyList<LabelledText> texts)
    {
        var every = (int)(1 / HeldOut);
        return (
            subset + "-held-out",
            [.. texts.Where((_, index) => index % every != 0)],
            [.. texts.Where((_, index) => index % every == 0)]);
    }

    private static Func<string, float[], string> Classifier(
        string strategy, IReadOnlyList<LabelledText> known, float[][] vectors)
    {
        if (strategy == "popular")
        {
            var most = known.CountBy(text => text.Intent).MaxBy(intent => intent.Value).Key;
            return (_, _) => most;
        }

        if (strategy == "random")
        {
            var random = new Random(1);
            return (_, _) => known[random.Next(known.Count)].Intent;
        }

        var classifier = new IntentClassifier(known, vectors, strategy == "embedding" ? 0 : TermShare);
        return (text, vector) => classifier.Classify(text, vector);
    }

    private static async Task<float[][]> EmbedAsync(
        StaticEmbeddingGenerator embedder, IReadOnlyList<LabelledText> texts, CancellationToken cancellationToken)
    {
        var embeddings = await embedder.GenerateAsync(texts.Select(text => text.Text), cancellationToken: cancellationToken);
        return [.. embeddings.Select(embedding => embedding.Vector.ToArray())];
    }
}
