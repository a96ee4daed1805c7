namespace Marketing.Projections.Samples;

/// <summary>What the named customer of the sample world said and was shown.</summary>
internal sealed record SampleUserStory(
    string UserId, IReadOnlyList<SampleChat> Chats, IReadOnlyList<SampleView> Views);

/// <summary>A message sent that many minutes before the world's end.</summary>
internal sealed record SampleChat(int MinutesAgo, string Text);

/// <summary>A view that many minutes before the world's end.</summary>
internal sealed record SampleView(int MinutesAgo, string CampaignId);
