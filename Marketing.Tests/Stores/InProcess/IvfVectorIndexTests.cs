using Marketing.Stores.InProcess;
using Marketing.Tests.Contracts;

namespace Marketing.Tests.Stores.InProcess;

/// <summary>The contract once messages are divided into inverted lists, which happens almost immediately here.</summary>
public sealed class IvfVectorIndexTests : VectorIndexContract
{
    protected override Task<IVectorIndexHost> OpenAsync() => Task.FromResult<IVectorIndexHost>(
        new InProcessVectorIndexHost(Dimensions, new VectorIndexOptions { MessagesBeforeInvertedLists = 16, RecallTarget = 1 }));
}
