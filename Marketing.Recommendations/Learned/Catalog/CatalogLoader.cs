using System.Numerics.Tensors;
using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Domain.Text;
using Microsoft.Extensions.AI;

namespace Marketing.Recommendations.Learned.Catalog;

/// <summary>Reads the catalog when its version changes and embeds new texts, always outside the read path.</summary>
internal sealed class CatalogLoader(ICatalog catalog, IEmbeddingGenerator<string, Embedding<float>> embedder)
{
    private const int EmbeddingBatch = 256;

    /// <summary>
    /// Reads the catalog, reusing the vectors of <paramref name="previous"/>; returns the same instance if nothing changed.
    /// </summary>
    public async Task<CatalogPart> ReadAsync(CatalogPart? previous, CancellationToken cancellationToken)
    {
        // Read the version first, so that a concurrent change is seen twice rather than missed.
        var version = await catalog.VersionAsync(cancellationToken);
        if (previous?.Version == version)
        {
            return previous;
        }

        var campaigns = await catalog.CampaignsAsync(cancellationToken);
        // Read after the campaigns: one deleted in between is in both lists, and is handled as deleted on the next read.
        var deleted = await catalog.DeletedCampaignsAsync(cancellationToken);
        var table = CampaignTable.OfCatalog(campaigns, deleted);
        var texts = Array.ConvertAll(table.Campaigns, TextOf);
        var rows = Array.ConvertAll(table.Campaigns, campaign => KnownRow(previous, campaign));
        var terms = Array.ConvertAll(texts, text => TextTerms.Of(text));
        return new CatalogPart(version, table, texts, rows, MatrixOf(rows), terms);
    }

    /// <summary>Returns the catalog with every text embedded.</summary>
    public async Task<CatalogPart> EmbedAsync(CatalogPart part, CancellationToken cancellationToken)
    {
        var rows = part.Rows.ToArray();
        int[] missing = [.. rows.Index().Where(row => row.Item is null).Select(row => row.Index)];
        foreach (var batch in missing.Chunk(EmbeddingBatch))
        {
            var embeddings = await embedder.GenerateAsync(
                batch.Select(ordinal => part.Texts[ordinal]), cancellationToken: cancellationToken);
            for (var i = 0; i < batch.Length; i++)
            {
                rows[batch[i]] = Unit(embeddings[i].Vector.Span);
            }
        }

        return part with { Rows = rows, Vectors = MatrixOf(rows) };
    }

    private static string TextOf(Campaign campaign) =>
        campaign.Text.Length == 0 ? campaign.Name : $"{campaign.Name}. {campaign.Text}";

    private static float[]? KnownRow(CatalogPart? previous, Campaign campaign)
    {
        var ordinal = previous?.Table.OrdinalOf(campaign.Id) ?? -1;
        return ordinal >= 0 && previous!.Texts[ordinal] == TextOf(campaign) ? previous.Rows[ordinal] : null;
    }

    private static CampaignVectors MatrixOf(float[]?[] rows)
    {
        var dimensions = rows.FirstOrDefault(row => row is not null)?.Length ?? 0;
        var matrix = new float[rows.Length * dimensions];
        for (var ordinal = 0; ordinal < rows.Length; ordinal++)
        {
            rows[ordinal]?.CopyTo(matrix, ordinal * dimensions);
        }

        return new CampaignVectors(dimensions, matrix);
    }

    private static float[] Unit(ReadOnlySpan<float> vector)
    {
        var unit = vector.ToArray();
        var norm = TensorPrimitives.Norm(vector);
        if (norm > 0)
        {
            TensorPrimitives.Divide(unit, norm, unit);
        }

        return unit;
    }
}
