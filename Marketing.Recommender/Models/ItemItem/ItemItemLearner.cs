using Marketing.Recommender.Ports;
using Microsoft.Extensions.Options;

namespace Marketing.Recommender.Models.ItemItem;

/// <summary>Learns item-item weights from the whole interaction graph.</summary>
internal sealed class ItemItemLearner(IInteractionGraph graph, IOptions<ItemItemOptions> options)
{
    private const int ScanBatch = 10_000;

    public async Task<ItemItemPart> LearnAsync(CancellationToken cancellationToken)
    {
        var matrix = new InteractionMatrix(options.Value.Strength);
        await foreach (var edges in graph.ScanAsync(ScanBatch, cancellationToken))
        {
            matrix.Add(edges);
        }

        var campaigns = matrix.Campaigns(options.Value.MaxCampaigns);
        var weights = Ease.Weights(matrix.Gram(campaigns), campaigns.Length, options.Value.Lambda, cancellationToken);
        return new ItemItemPart(campaigns, weights);
    }
}
