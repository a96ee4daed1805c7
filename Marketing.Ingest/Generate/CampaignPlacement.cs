namespace Marketing.Ingest.Generate;

/// <summary>Chooses the campaign that a user sees: usually one that matches the user's current interest, sometimes any.</summary>
internal sealed class CampaignPlacement
{
    private readonly GeneratedCampaign[] _campaigns;
    private readonly int[][] _bySubject;
    private readonly int[][] _byTopic;
    private readonly AliasTable _byReach;

    public CampaignPlacement(GeneratedCampaign[] campaigns, Vocabulary words)
    {
        _campaigns = campaigns;
        var subjects = Enumerable.Range(0, campaigns.Length).ToLookup(i => campaigns[i].Interest.Index);
        var topics = Enumerable.Range(0, campaigns.Length).ToLookup(i => (int)campaigns[i].Interest.Topic);
        _bySubject = [.. Enumerable.Range(0, words.Topics.Length * Vocabulary.SubjectsPerTopic).Select(i => subjects[i].ToArray())];
        _byTopic = [.. Enumerable.Range(0, words.Topics.Length).Select(i => topics[i].ToArray())];
        _byReach = new AliasTable([.. campaigns.Select(campaign => campaign.Reach)]);
    }

    public GeneratedCampaign Draw(Random random, Interest mind)
    {
        var choice = random.NextDouble() switch { < 0.5 => _bySubject[mind.Index], < 0.75 => _byTopic[mind.Topic], _ => [] };
        return _campaigns[choice.Length > 0 ? choice[random.Next(choice.Length)] : _byReach.Draw(random)];
    }
}
