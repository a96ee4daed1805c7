using System.Globalization;
using Marketing.Domain;

namespace Marketing.Ingest.Generate;

/// <summary>A generated campaign: its public data and the hidden factors that drive user behavior.</summary>
/// <param name="Campaign">The campaign as stored in the catalog.</param>
/// <param name="Interest">What it is about.</param>
/// <param name="Quality">A factor on every rate, with median 1.</param>
/// <param name="Reach">How often it is shown relative to others; heavy-tailed.</param>
internal sealed record GeneratedCampaign(Campaign Campaign, Interest Interest, double Quality, double Reach)
{
    public static GeneratedCampaign[] Generate(WorldOptions options, Vocabulary words)
    {
        var random = new Random(options.Seed);
        var chat = new ChatWriter(words, random);
        var campaigns = new GeneratedCampaign[options.Campaigns];
        for (var i = 0; i < campaigns.Length; i++)
        {
            // Assign subjects in turn, so that campaigns spread evenly over them.
            var interest = new Interest(
                (byte)(i % words.Topics.Length), (byte)(i / words.Topics.Length % Vocabulary.SubjectsPerTopic));
            var subject = words.Topics[interest.Topic].Subjects[interest.Subject];
            var campaign = new Campaign(
                new CampaignId(string.Create(CultureInfo.InvariantCulture, $"campaign-{i + 1:D4}")),
                string.Create(CultureInfo.InvariantCulture, $"{char.ToUpperInvariant(subject[0])}{subject[1..]}, no. {i + 1}"),
                chat.Pitch(interest),
                FrequencyCap: random.Next(4) == 0 ? new FrequencyCap(random.Next(3, 9), TimeSpan.FromDays(7)) : null);
            campaigns[i] = new GeneratedCampaign(
                campaign, interest, Math.Exp(0.5 * Normal(random)), Math.Pow(1 - random.NextDouble(), -0.5));
        }

        return campaigns;
    }

    /// <summary>A standard normal variate (Box and Muller, 1958).</summary>
    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
