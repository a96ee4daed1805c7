using Marketing.Domain.Ports;
using Marketing.Recommendations.Learned.Catalog;
using Microsoft.Extensions.Options;

namespace Marketing.Recommendations.Learned.ItemItem;

/// <summary>Learns item-item weights from the whole interaction graph.</summary>
internal sealed class ItemItemLearner(IInteractionGraph graph, IOptions<ItemItemOptions> options, IOptions<ModelOptions> models)
{
    private const int ScanBatch = 10_000;

    /// <param name="catalog">Its campaigns take precedence; null until it is read.</param>
    /// <param name="cancellationToken">Cancels the learning.</param>
    public async Task<ItemItemPart> LearnAsync(CampaignTable? catalog, CancellationToken cancellationToken)
    {
        var matrix = new InteractionMatrix(options.Value.Strength);
        await foreach (var edges in graph.ScanAsync(ScanBatch, cancellationToken))
        {
            matrix.Add(edges);
        }

        var campaigns = matrix.Campaigns(options.Value.MaxCampaigns, catalog, models.Value.MaxUnlistedCampaigns);
        var weights = Ease.Weights(matrix.Gram(campaigns), campaigns.Length, options.Value.Lambda, cancellationToken);
        return new ItemItemPart(campaigns, weights);
    }
}
